-- Products are at 0 under a contract in force while they are free or without seats.
with

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

final as (
    select
        lines_by_snapshot.account_id,
        lines_by_snapshot.month,
        lines_by_snapshot.product_id
    from lines_by_snapshot
    where lines_by_snapshot.month is not null
        and not lines_by_snapshot.is_delinquent
    group by lines_by_snapshot.account_id, lines_by_snapshot.month, lines_by_snapshot.product_id
    having sum(lines_by_snapshot.contract_mrr) = 0
)

select * from final
