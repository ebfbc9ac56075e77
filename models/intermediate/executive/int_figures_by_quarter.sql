-- The outlook of the date's quarter and of the next, as seen on each month's end and on as_of_date.
-- A company with renewals has every tier of its history on each date, where nothing may be due.
{% set sums = {
    'renewals_due': 'renewals',
    'renewals_due_arr': 'arr_up',
    'renewals_secured_arr': 'secured_arr',
    'renewals_lost_arr': 'lost_arr',
    'renewals_open_arr': 'open_arr',
    'renewals_at_risk_arr': 'at_risk_arr',
    'renewals_at_risk_accounts': 'at_risk_accounts',
} %}
with

renewal_quarters as (
    select * from {{ ref('int_renewal_quarters') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

tiers as (
    select
        renewal_quarters.touch_tier,
        min(renewal_quarters.snapshot_date) as first_seen_on
    from renewal_quarters
    inner join snapshot_dates
        on renewal_quarters.snapshot_date = snapshot_dates.snapshot_date
    where snapshot_dates.month is not null
    group by renewal_quarters.touch_tier
),

quarters as (
    {% for months in [0, 3] %}
    select
        snapshot_dates.snapshot_date as measured_on,
        cast(date_trunc('quarter', snapshot_dates.snapshot_date) + interval '{{ months }}' month as date) as quarter
    from snapshot_dates
    where snapshot_dates.month is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

outlooks as (
    select
        quarters.measured_on,
        quarters.quarter,
        tiers.touch_tier,
        {% for figure, column in sums.items() %}
        cast(coalesce(renewal_quarters.{{ column }}, 0) as double) as {{ figure }},
        {% endfor %}
        cast(
            coalesce(renewal_quarters.secured_arr, 0) + coalesce(renewal_quarters.expected_open_arr, 0) as double
        ) as renewal_forecast,
        cast(renewal_quarters.secured_arr + renewal_quarters.expected_open_arr as double)
        / nullif(cast(renewal_quarters.arr_up as double), 0) as renewal_forecast_share
    from quarters
    inner join tiers
        on quarters.measured_on >= tiers.first_seen_on
    left join renewal_quarters
        on quarters.measured_on = renewal_quarters.snapshot_date
        and quarters.quarter = renewal_quarters.quarter
        and tiers.touch_tier = renewal_quarters.touch_tier
),

final as (
    {% for figure in sums.keys() | list + ['renewal_forecast', 'renewal_forecast_share'] %}
    select
        '{{ figure }}' as figure,
        outlooks.measured_on,
        outlooks.quarter,
        outlooks.touch_tier,
        outlooks.{{ figure }} as value
    from outlooks
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
