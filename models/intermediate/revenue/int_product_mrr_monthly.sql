-- A product's plan is that of its largest line.
with

lines_dated as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

lines_ranked as (
    select
        lines_dated.*,
        row_number() over (
            partition by lines_dated.account_id, lines_dated.month, lines_dated.product_id
            order by lines_dated.contract_mrr desc, lines_dated.subscription_id asc, lines_dated.item_id asc
        ) as line_number
    from lines_dated
    where lines_dated.month is not null
),

final as (
    select
        lines_ranked.account_id,
        lines_ranked.month,
        lines_ranked.product_id,
        sum(lines_ranked.mrr) as mrr,
        sum(lines_ranked.contract_mrr) as contract_mrr,
        max(case when lines_ranked.line_number = 1 then lines_ranked.plan_rank end) as plan_rank
    from lines_ranked
    group by lines_ranked.account_id, lines_ranked.month, lines_ranked.product_id
)

select * from final
