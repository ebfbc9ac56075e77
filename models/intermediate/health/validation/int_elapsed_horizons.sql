-- Horizons of month-ends that are over on as_of_date.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

horizons as (
    select settings.validation_horizon_days as horizon_days from settings
    union all
    select settings.validation_long_horizon_days as horizon_days from settings
),

final as (
    select
        snapshot_dates.snapshot_date,
        horizons.horizon_days,
        {{ add_days('snapshot_dates.snapshot_date', 'horizons.horizon_days') }} as horizon_ends_on
    from snapshot_dates
    cross join horizons
    cross join run_context
    where snapshot_dates.is_month_end
        and {{ add_days('snapshot_dates.snapshot_date', 'horizons.horizon_days') }} <= run_context.as_of_date
)

select * from final
