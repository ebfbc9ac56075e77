-- Month-ends, as_of_date, and the Sundays since the first day of the quarter before as_of_date's.
with

months as (
    select * from {{ ref('int_months') }}
),

calendar_days as (
    select * from {{ ref('int_calendar_days') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

sundays as (
    select calendar_days.date_day
    from calendar_days
    cross join run_context
    where calendar_days.date_day between run_context.recent_from and run_context.as_of_date
        -- 1 January 2023 was a Sunday.
        and mod({{ days_between("cast('2023-01-01' as date)", 'calendar_days.date_day') }}, 7) = 0
),

dates as (
    select months.snapshot_on as snapshot_date from months
    union
    select sundays.date_day as snapshot_date from sundays
),

final as (
    select
        dates.snapshot_date,
        max(case when months.snapshot_on = dates.snapshot_date then months.month end) as month,
        dates.snapshot_date = last_day(dates.snapshot_date) as is_month_end,
        count(sundays.date_day) > 0 as is_sunday,
        max(months.month) as segment_month
    from dates
    left join months
        on dates.snapshot_date >= months.snapshot_on
    left join sundays
        on dates.snapshot_date = sundays.date_day
    group by dates.snapshot_date
)

select * from final
