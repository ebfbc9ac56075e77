-- How far feature events moved in the latest windows of use, which follow each other: the farthest window from their
-- mean. A window of whole weeks has the same weekdays as the next, which a calendar month has not. It is unknown where
-- a window holds too few events, or begins before the account's feed or the company's.
with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

days_back as (
    select * from {{ ref('int_days_back') }}
),

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

coverage as (
    select * from {{ ref('int_usage_feed_coverage') }}
),

openings as (
    select * from {{ ref('policy_adoption_openings') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

spans as (
    select
        openings.windows,
        settings.usage_window_days,
        openings.windows * settings.usage_window_days as days,
        settings.growth_min_events
    from openings
    cross join settings
    where openings.opening = 'stagnant_use'
),

snapshot_dates as (
    select distinct usage_windows.snapshot_date
    from usage_windows
),

window_days as (
    select
        snapshot_dates.snapshot_date,
        {{ add_days('snapshot_dates.snapshot_date', '-days_back.days_back') }} as usage_on,
        floor(days_back.days_back / spans.usage_window_days) as window_number
    from snapshot_dates
    cross join spans
    inner join days_back
        on spans.days > days_back.days_back
),

window_events as (
    select
        window_days.snapshot_date,
        account_days.account_id,
        window_days.window_number,
        sum(account_days.feature_events) as feature_events
    from account_days
    inner join window_days
        on account_days.usage_on = window_days.usage_on
    where account_days.is_active
    group by window_days.snapshot_date, account_days.account_id, window_days.window_number
),

compared as (
    select
        window_events.snapshot_date,
        window_events.account_id,
        count(*) as windows,
        min(window_events.feature_events) as least_events,
        max(window_events.feature_events) as most_events,
        cast(sum(window_events.feature_events) as double) / count(*) as mean_events
    from window_events
    group by window_events.snapshot_date, window_events.account_id
),

final as (
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        cast(spans.days as int) as days,
        round(
            greatest(compared.most_events - compared.mean_events, compared.mean_events - compared.least_events)
            / compared.mean_events, 9
        ) as largest_change
    from usage_windows
    cross join spans
    inner join coverage
        on {{ add_days('usage_windows.snapshot_date', '1 - spans.days') }} >= coverage.features_from
        and usage_windows.feed_from <= {{ add_days('usage_windows.snapshot_date', '1 - spans.days') }}
    inner join compared
        on usage_windows.snapshot_date = compared.snapshot_date
        and usage_windows.account_id = compared.account_id
        and spans.windows = compared.windows
        and spans.growth_min_events <= compared.least_events
)

select * from final
