-- The usage window of a snapshot date ends on it. The previous window ends on the day before the window.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

days_back as (
    select * from {{ ref('int_days_back') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
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
