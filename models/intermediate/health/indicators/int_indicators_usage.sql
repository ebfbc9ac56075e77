-- Falling use against the window before, and silence. Accounts without a feed have no rows.
with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

windows_with_depth as (
    select
        usage_windows.*,
        case
            when usage_windows.active_users = 0 then 0
            else usage_windows.feature_events / usage_windows.active_users
        end as depth,
        usage_windows.previous_feature_events / nullif(usage_windows.previous_active_users, 0) as previous_depth
    from usage_windows
),

changes as (
    {% for indicator, measure, decimals, value, counted in [
        ('login_decline', 'logins', 0, 'logins', 'logins'),
        ('active_user_decline', 'active users', 0, 'active_users', 'active_users'),
        ('depth_decline', 'feature events per active user', 1, 'depth', 'active_users'),
    ] %}
    select
        windows_with_depth.snapshot_date,
        windows_with_depth.account_id,
        '{{ indicator }}' as indicator,
        windows_with_depth.previous_{{ counted }} as counted,
        windows_with_depth.previous_{{ value }} as value_before,
        windows_with_depth.{{ value }} as value_now,
        '{{ measure }}' as measure,
        {{ number_text('windows_with_depth.previous_' ~ value, decimals) }} as before_text,
        {{ number_text('windows_with_depth.' ~ value, decimals) }} as now_text
    from windows_with_depth
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

declines as (
    select
        changes.snapshot_date,
        changes.account_id,
        changes.indicator,
        changes.measure || ' fell '
        || {{ number_text('100 * (1 - changes.value_now / changes.value_before)') }} || '% from the previous '
        || {{ number_text('settings.usage_window_days') }} || ' days ('
        || changes.before_text || ' to ' || changes.now_text || ')' as evidence
    from changes
    inner join indicators
        on changes.indicator = indicators.indicator
        and changes.counted >= indicators.min_count
        and changes.value_before > 0
        and changes.value_now <= changes.value_before * (1 - indicators.threshold)
    cross join settings
),

-- Both windows reach no further back, so without a login in them silence is at least that long.
silences as (
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        case when usage_windows.last_login_on is null then 'no login for at least ' else 'no login for ' end as phrase,
        least(
            {{ days_between(
                'coalesce(usage_windows.last_login_on, usage_windows.feed_from)', 'usage_windows.snapshot_date'
            ) }},
            2 * settings.usage_window_days
        ) as silent_days,
        {{ days_between('usage_windows.feed_from', 'usage_windows.snapshot_date') }} as feed_days
    from usage_windows
    cross join settings
    where usage_windows.is_login_carried
),

final as (
    select
        declines.snapshot_date,
        declines.account_id,
        declines.indicator,
        declines.evidence
    from declines
    union all
    select
        silences.snapshot_date,
        silences.account_id,
        indicators.indicator,
        silences.phrase || {{ number_text('silences.silent_days') }} || ' days' as evidence
    from silences
    inner join indicators
        on indicators.indicator = 'silent_14_days'
        and silences.silent_days >= indicators.window_days
        and silences.feed_days >= indicators.window_days
)

select * from final
