-- MRR that a day's customers paid in later complete months, and its part up to what each paid on the day (GRR).
-- The tier is that of the day.
with

horizons as (
    select * from {{ ref('int_forecast_horizons') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        horizons.made_on,
        horizons.horizon,
        coalesce(health_statuses.touch_tier, '(none)') as touch_tier,
        sum(coalesce(account_mrr.mrr, 0)) as actual_mrr,
        sum(least(customers.mrr, coalesce(account_mrr.mrr, 0))) as actual_retained_mrr
    from horizons
    inner join months
        on horizons.forecast_month = months.month
        and months.is_complete_month
    inner join customers
        on horizons.made_on = customers.snapshot_date
    left join health_statuses
        on customers.snapshot_date = health_statuses.snapshot_date
        and customers.account_id = health_statuses.account_id
    left join account_mrr
        on customers.account_id = account_mrr.account_id
        and horizons.forecast_month = account_mrr.month
    group by horizons.made_on, horizons.horizon, coalesce(health_statuses.touch_tier, '(none)')
)

select * from final
