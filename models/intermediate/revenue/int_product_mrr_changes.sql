-- Products of an account at the two ends of a window.
with

product_mrr as (
    select * from {{ ref('int_product_mrr_monthly') }}
),

window_ends as (
    select * from {{ ref('int_window_ends') }}
),

quantity_changes as (
    select * from {{ ref('int_quantity_changes') }}
),

product_changes as (
    select
        window_ends.window_months,
        window_ends.end_month,
        product_mrr.account_id,
        product_mrr.product_id,
        sum(product_mrr.mrr * window_ends.is_opening) as opening_mrr,
        sum(product_mrr.mrr * window_ends.is_closing) as closing_mrr,
        sum(product_mrr.contract_mrr * window_ends.is_opening) as opening_contract_mrr,
        sum(product_mrr.contract_mrr * window_ends.is_closing) as closing_contract_mrr,
        max(case when window_ends.is_opening = 1 then product_mrr.plan_rank end) as opening_plan_rank,
        max(case when window_ends.is_closing = 1 then product_mrr.plan_rank end) as closing_plan_rank
    from window_ends
    inner join product_mrr
        on window_ends.month = product_mrr.month
    group by window_ends.window_months, window_ends.end_month, product_mrr.account_id, product_mrr.product_id
),

final as (
    select
        product_changes.*,
        quantity_changes.licensed_change,
        quantity_changes.metered_change,
        sum(product_changes.opening_mrr) over (
            partition by product_changes.window_months, product_changes.end_month, product_changes.account_id
        ) as account_opening_mrr,
        sum(product_changes.closing_mrr) over (
            partition by product_changes.window_months, product_changes.end_month, product_changes.account_id
        ) as account_closing_mrr
    from product_changes
    left join quantity_changes
        on product_changes.window_months = quantity_changes.window_months
        and product_changes.end_month = quantity_changes.end_month
        and product_changes.account_id = quantity_changes.account_id
        and product_changes.product_id = quantity_changes.product_id
)

select * from final
