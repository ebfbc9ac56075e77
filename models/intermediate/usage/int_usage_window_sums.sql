with

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

window_days as (
    select * from {{ ref('int_usage_window_days') }}
),

final as (
    select
        window_days.snapshot_date,
        account_days.account_id,
        coalesce(sum(account_days.logins) filter (where window_days.is_current), 0) as logins,
        coalesce(sum(account_days.logins) filter (where not window_days.is_current), 0) as previous_logins,
        coalesce(sum(account_days.feature_events) filter (where window_days.is_current), 0) as feature_events,
        coalesce(
            sum(account_days.feature_events) filter (where not window_days.is_current), 0
        ) as previous_feature_events,
        coalesce(sum(account_days.duration_seconds) filter (where window_days.is_current), 0) as duration_seconds,
        max(case when account_days.logins > 0 then account_days.usage_on end) as last_login_on
    from account_days
    inner join window_days
        on account_days.usage_on = window_days.usage_on
    where account_days.is_active
    group by window_days.snapshot_date, account_days.account_id
)

select * from final
