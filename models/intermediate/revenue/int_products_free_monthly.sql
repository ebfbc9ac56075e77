-- The products that stand at 0 under a contract in force: free for a time, or without seats.
with

lines_dated as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

final as (
    select
        lines_dated.account_id,
        lines_dated.month,
        lines_dated.product_id
    from lines_dated
    where lines_dated.month is not null
        and not lines_dated.is_delinquent
    group by lines_dated.account_id, lines_dated.month, lines_dated.product_id
    having sum(lines_dated.contract_mrr) = 0
)

select * from final
