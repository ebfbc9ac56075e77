with

outlooks as (
    select * from {{ ref('int_renewal_quarters') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        outlooks.snapshot_date,
        outlooks.quarter,
        outlooks.touch_tier,
        outlooks.renewals,
        cast(outlooks.arr_up as decimal(18, 2)) as arr_up,
        cast(outlooks.forecast_calibrated as decimal(18, 2)) as forecast_calibrated,
        cast(outlooks.secured_arr as decimal(18, 2)) as secured_arr,
        cast(outlooks.lost_arr as decimal(18, 2)) as lost_arr,
        cast(outlooks.open_arr as decimal(18, 2)) as open_arr,
        cast(outlooks.expected_open_arr as decimal(18, 2)) as expected_open_arr,
        cast(outlooks.at_risk_arr as decimal(18, 2)) as at_risk_arr,
        outlooks.at_risk_accounts,
        run_context.reporting_currency
    from outlooks
    inner join snapshot_dates
        on outlooks.snapshot_date = snapshot_dates.snapshot_date
        and snapshot_dates.is_sunday
    cross join run_context
)

select * from final
