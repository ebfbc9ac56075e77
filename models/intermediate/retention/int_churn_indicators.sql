-- Whether an account showed a counted indicator before its churn. An indicator counts by its severity, or by the lift
-- that the month-end before the churn knew.
{% set horizon_before = add_days('churns.churned_on', '-settings.validation_horizon_days') %}
with

churns as (
    select * from {{ ref('int_churns') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

lifts as (
    select * from {{ ref('int_indicator_lifts') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

month_ends as (
    select snapshot_dates.snapshot_date
    from snapshot_dates
    where snapshot_dates.is_month_end
),

churns_with_month_end as (
    select
        churns.account_id,
        churns.churned_month,
        churns.churned_on,
        max(month_ends.snapshot_date) as judged_on
    from churns
    inner join month_ends
        on churns.churned_on > month_ends.snapshot_date
    group by churns.account_id, churns.churned_month, churns.churned_on
),

judging_days as (
    select distinct churns_with_month_end.judged_on
    from churns_with_month_end
),

month_end_indicators as (
    select
        leading_indicators.snapshot_date,
        leading_indicators.account_id,
        leading_indicators.indicator,
        leading_indicators.severity
    from leading_indicators
    inner join month_ends
        on leading_indicators.snapshot_date = month_ends.snapshot_date
),

indicated as (
    select distinct
        churns.account_id,
        churns.churned_month
    from churns_with_month_end as churns
    cross join settings
    inner join month_end_indicators
        on churns.account_id = month_end_indicators.account_id
        and churns.churned_on > month_end_indicators.snapshot_date
        and month_end_indicators.snapshot_date >= {{ horizon_before }}
    left join lifts
        on churns.judged_on = lifts.snapshot_date
        and month_end_indicators.indicator = lifts.indicator
    where month_end_indicators.severity in ('high', 'critical')
        or lifts.is_usable
),

-- The same of all customers on that month-end, whether or not they left.
customers_indicated as (
    select distinct
        judging_days.judged_on,
        month_end_indicators.account_id
    from judging_days
    cross join settings
    inner join month_end_indicators
        on {{ in_window(
            'month_end_indicators.snapshot_date', 'judging_days.judged_on', 'settings.validation_horizon_days'
        ) }}
    left join lifts
        on judging_days.judged_on = lifts.snapshot_date
        and month_end_indicators.indicator = lifts.indicator
    where month_end_indicators.severity in ('high', 'critical')
        or lifts.is_usable
),

base_rates as (
    select
        customers.snapshot_date as judged_on,
        cast(count(customers_indicated.account_id) as double) / count(*) as base_rate
    from customers
    inner join judging_days
        on customers.snapshot_date = judging_days.judged_on
    left join customers_indicated
        on customers.snapshot_date = customers_indicated.judged_on
        and customers.account_id = customers_indicated.account_id
    group by customers.snapshot_date
),

final as (
    select
        churns.account_id,
        churns.churned_month,
        indicated.account_id is not null as had_leading_indicator,
        base_rates.base_rate as leading_indicator_base_rate
    from churns
    left join indicated
        on churns.account_id = indicated.account_id
        and churns.churned_month = indicated.churned_month
    left join churns_with_month_end
        on churns.account_id = churns_with_month_end.account_id
        and churns.churned_month = churns_with_month_end.churned_month
    left join base_rates
        on churns_with_month_end.judged_on = base_rates.judged_on
)

select * from final
