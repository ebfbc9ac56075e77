-- Usage of a calendar month. The open month counts up to as_of_date, and a mask removes later days.
with

months as (
    select * from {{ ref('int_months') }}
),

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

user_months as (
    select * from {{ ref('int_usage_user_months') }}
),

feature_months as (
    select * from {{ ref('int_usage_feature_months') }}
),

-- The bits of all days up to the month's snapshot_on.
masks as (
    select
        months.month,
        {{ day_bit('months.snapshot_on') }} - 1 + {{ day_bit('months.snapshot_on') }} as day_bits
    from months
),

days_summed as (
    select
        account_days.account_id,
        account_days.month,
        sum(account_days.logins) as logins,
        sum(account_days.feature_events) as feature_events,
        sum(account_days.duration_seconds) as duration_seconds,
        count(*) as active_days
    from account_days
    where account_days.is_active
    group by account_days.account_id, account_days.month
),

users_counted as (
    select
        user_months.account_id,
        user_months.month,
        count(*) as active_users
    from user_months
    inner join masks
        on user_months.month = masks.month
        and (user_months.day_bits & masks.day_bits) > 0
    group by user_months.account_id, user_months.month
),

features_counted as (
    select
        feature_months.account_id,
        feature_months.month,
        count(*) as features_used
    from feature_months
    inner join masks
        on feature_months.month = masks.month
        and (feature_months.day_bits & masks.day_bits) > 0
    group by feature_months.account_id, feature_months.month
),

final as (
    select
        days_summed.account_id,
        days_summed.month,
        months.snapshot_on,
        days_summed.logins,
        days_summed.feature_events,
        days_summed.duration_seconds,
        days_summed.active_days,
        coalesce(users_counted.active_users, 0) as active_users,
        coalesce(features_counted.features_used, 0) as features_used
    from days_summed
    inner join months
        on days_summed.month = months.month
    left join users_counted
        on days_summed.account_id = users_counted.account_id
        and days_summed.month = users_counted.month
    left join features_counted
        on days_summed.account_id = features_counted.account_id
        and days_summed.month = features_counted.month
)

select * from final
