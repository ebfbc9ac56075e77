-- A product of an account at the two ends of a window: a month for the ledger, the twelve to a quarter's end for retention.
with

product_mrr as (
    select * from {{ ref('int_product_mrr_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

windows as (
    select
        1 as window_months,
        cast(months.month - interval '1' month as date) as start_month,
        months.month as end_month
    from months
    union all
    select
        12 as window_months,
        cast(months.month - interval '12' month as date) as start_month,
        months.month as end_month
    from months
    where months.is_complete_month
        and extract(month from months.month) in (3, 6, 9, 12)
),

window_ends as (
    select
        windows.window_months,
        windows.end_month,
        windows.start_month as month,
        1 as is_opening,
        0 as is_closing
    from windows
    union all
    select
        windows.window_months,
        windows.end_month,
        windows.end_month as month,
        0 as is_opening,
        1 as is_closing
    from windows
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
        sum(product_mrr.licensed_quantity * window_ends.is_opening) as opening_licensed_quantity,
        sum(product_mrr.licensed_quantity * window_ends.is_closing) as closing_licensed_quantity,
        sum(product_mrr.licensed_mrr * window_ends.is_opening) as opening_licensed_mrr,
        sum(product_mrr.metered_quantity * window_ends.is_opening) as opening_metered_quantity,
        sum(product_mrr.metered_quantity * window_ends.is_closing) as closing_metered_quantity,
        sum(product_mrr.metered_mrr * window_ends.is_opening) as opening_metered_mrr,
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
        sum(product_changes.opening_mrr) over (
            partition by product_changes.window_months, product_changes.end_month, product_changes.account_id
        ) as account_opening_mrr,
        sum(product_changes.closing_mrr) over (
            partition by product_changes.window_months, product_changes.end_month, product_changes.account_id
        ) as account_closing_mrr
    from product_changes
)

select * from final
