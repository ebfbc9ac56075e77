-- A row is a quarter whose outlook of today is not that which the weekly history will show for this date.
-- The history judges each renewal by itself, as of each date: a difference means that the two rules part.
-- Look first at int_renewals_by_snapshot and int_renewal_outlooks, then at int_renewals_expected.
with

forecasts as (
    select * from {{ ref('rpt_renewal_forecast') }}
),

outlooks as (
    select * from {{ ref('int_renewal_quarters') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
)

select
    outlooks.quarter,
    outlooks.touch_tier,
    forecasts.forecast_calibrated,
    outlooks.forecast_calibrated as forecast_of_the_date,
    forecasts.expected_open_arr,
    outlooks.expected_open_arr as expected_of_the_date
from outlooks
inner join run_context
    on outlooks.snapshot_date = run_context.as_of_date
left join forecasts
    on outlooks.quarter = forecasts.quarter
    and outlooks.touch_tier = forecasts.touch_tier
where forecasts.quarter is null
    or forecasts.forecast_calibrated <> outlooks.forecast_calibrated
    or forecasts.expected_open_arr <> outlooks.expected_open_arr
    or forecasts.open_arr <> outlooks.open_arr
