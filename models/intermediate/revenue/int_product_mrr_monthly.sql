-- The plan of a product is that of its largest line.
with

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

lines_ranked as (
    select
        lines_by_snapshot.*,
        row_number() over (
            partition by lines_by_snapshot.account_id, lines_by_snapshot.month, lines_by_snapshot.product_id
            order by
                lines_by_snapshot.contract_mrr desc,
                lines_by_snapshot.subscription_id asc,
                lines_by_snapshot.item_id asc
        ) as line_number
    from lines_by_snapshot
    where lines_by_snapshot.month is not null
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
