-- Forecasts are made as of today and as of every month-end that has a year before it.
-- elapsed_share is the part of the first month that is over when the forecast is made.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

history as (
    select min(months.month) as first_month
    from months
),

final as (
    select
        snapshot_dates.snapshot_date as made_on,
        snapshot_dates.snapshot_date = run_context.as_of_date as is_today,
        case
            when snapshot_dates.is_month_end then snapshot_dates.month
            else cast(snapshot_dates.month - interval '1' month as date)
        end as base_month,
        case
            when snapshot_dates.is_month_end then cast(0 as double)
            else
                cast(extract(day from snapshot_dates.snapshot_date) as double)
                / extract(day from last_day(snapshot_dates.snapshot_date))
        end as elapsed_share
    from snapshot_dates
    cross join run_context
    cross join history
    where snapshot_dates.snapshot_date = run_context.as_of_date
        or (
            snapshot_dates.is_month_end
            and snapshot_dates.month >= cast(history.first_month + interval '12' month as date)
        )
)

select * from final
