-- The dates on which the scorecard measures. A month or a year to the date begins on the day after the same one before.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

dates as (
    select
        snapshot_dates.snapshot_date as measured_on,
        snapshot_dates.segment_month as month,
        {{ add_days('snapshot_dates.snapshot_date', 1) }} as day_after,
        snapshot_dates.snapshot_date = run_context.as_of_date as is_current
    from snapshot_dates
    cross join run_context
    where snapshot_dates.is_month_end
        or snapshot_dates.snapshot_date = run_context.as_of_date
),

final as (
    select
        dates.measured_on,
        dates.month,
        dates.day_after,
        cast(dates.day_after - interval '1' month as date) as month_from,
        cast(dates.day_after - interval '3' month as date) as quarter_from,
        cast(dates.day_after - interval '12' month as date) as year_from,
        dates.is_current
    from dates
)

select * from final
