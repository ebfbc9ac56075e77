-- A date is compared with the last month-end at least trend_min_days before it. A decline also needs the one before.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

month_ends as (
    select snapshot_dates.snapshot_date
    from snapshot_dates
    where snapshot_dates.is_month_end
),

compared as (
    select
        snapshot_dates.snapshot_date,
        max(month_ends.snapshot_date) as previous_date
    from snapshot_dates
    cross join settings
    inner join month_ends
        on month_ends.snapshot_date <= {{ add_days('snapshot_dates.snapshot_date', '-settings.trend_min_days') }}
    group by snapshot_dates.snapshot_date
),

final as (
    select
        compared.snapshot_date,
        compared.previous_date,
        max(month_ends.snapshot_date) as earlier_date
    from compared
    left join month_ends
        on compared.previous_date > month_ends.snapshot_date
    group by compared.snapshot_date, compared.previous_date
)

select * from final
