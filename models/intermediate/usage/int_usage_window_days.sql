-- The usage window of a snapshot date ends on it. The previous window ends on the day before the window.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

calendar_days as (
    select * from {{ ref('int_calendar_days') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

days_back as (
    select row_number() over (order by calendar_days.date_day) - 1 as days_back
    from calendar_days
),

final as (
    select
        snapshot_dates.snapshot_date,
        {{ add_days('snapshot_dates.snapshot_date', '-days_back.days_back') }} as usage_on,
        days_back.days_back < settings.usage_window_days as is_current
    from snapshot_dates
    cross join settings
    inner join days_back
        on days_back.days_back < 2 * settings.usage_window_days
)

select * from final
