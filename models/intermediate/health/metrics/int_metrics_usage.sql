with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

-- Counts per user are brought to a month, which their bands are for. A month is a twelfth of a year of 365 days.
scales as (
    select cast(365 as double) / 12 / settings.usage_window_days as windows_per_month
    from settings
),

-- Without active users there is no use, so ratios to active users are 0.
-- A ratio to no seat is unknown, and least() would ignore the null.
measured as (
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        round(
            scales.windows_per_month * usage_windows.logins / nullif(usage_windows.licensed_users, 0), 9
        ) as logins_per_user,
        usage_windows.core_features_used / nullif(usage_windows.core_features_known, 0) as feature_adoption,
        case
            when usage_windows.seats > 0 and usage_windows.active_users > usage_windows.seats then 1
            else usage_windows.active_users / nullif(usage_windows.seats, 0)
        end as active_user_ratio,
        usage_windows.active_users / nullif(usage_windows.seats, 0) as seat_utilization,
        case
            when usage_windows.active_users > 0
                then round(scales.windows_per_month * usage_windows.feature_events / usage_windows.active_users, 9)
            when usage_windows.active_users = 0 then 0 * usage_windows.feature_events
        end as usage_depth,
        case
            when usage_windows.active_users > 0
                then usage_windows.user_days / (settings.usage_window_days * usage_windows.active_users)
            when usage_windows.active_users = 0 then 0
        end as dau_mau,
        case
            when usage_windows.active_users > 0
                then round(scales.windows_per_month * usage_windows.user_days / usage_windows.active_users, 9)
            when usage_windows.active_users = 0 then 0
        end as sessions_per_user,
        case
            when usage_windows.active_users > 0
                then round(
                        scales.windows_per_month * usage_windows.duration_seconds
                        / (60 * 60) / usage_windows.active_users, 9
                    )
            when usage_windows.active_users = 0 then 0 * usage_windows.duration_seconds
        end as time_in_product,
        -- From a small base one user more or less would look like a trend.
        case
            when usage_windows.previous_active_users >= settings.growth_min_users
                then (usage_windows.active_users - usage_windows.previous_active_users)
                    / nullif(usage_windows.previous_active_users, 0)
        end as user_growth,
        case
            when usage_windows.previous_feature_events >= settings.growth_min_events
                then (usage_windows.feature_events - usage_windows.previous_feature_events)
                    / nullif(usage_windows.previous_feature_events, 0)
        end as usage_growth
    from usage_windows
    cross join settings
    cross join scales
),

final as (
    {{ metric_rows('measured', [
        'logins_per_user', 'feature_adoption', 'active_user_ratio', 'seat_utilization', 'usage_depth', 'dau_mau',
        'sessions_per_user', 'time_in_product', 'user_growth', 'usage_growth',
    ]) }}
)

select * from final
