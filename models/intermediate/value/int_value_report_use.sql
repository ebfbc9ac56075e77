-- Users who were active on a day of the quarter and what they did in it. Adoption is that of the day reported.
-- The bits of all days up to the month's snapshot_on leave out what is not yet known.
with

quarters as (
    select * from {{ ref('int_value_quarters') }}
),

months as (
    select * from {{ ref('int_months') }}
),

user_months as (
    select * from {{ ref('int_usage_user_months') }}
),

usage_monthly as (
    select * from {{ ref('int_usage_monthly') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

feeds as (
    select * from {{ ref('int_account_feeds') }}
),

coverage as (
    select * from {{ ref('int_usage_feed_coverage') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

users as (
    select
        user_months.account_id,
        cast(date_trunc('quarter', user_months.month) as date) as quarter,
        count(distinct user_months.user_id) as active_users
    from user_months
    inner join months
        on user_months.month = months.month
        and (
            user_months.day_bits & ({{ day_bit('months.snapshot_on') }} - 1 + {{ day_bit('months.snapshot_on') }})
        ) > 0
    group by user_months.account_id, cast(date_trunc('quarter', user_months.month) as date)
),

actions as (
    select
        usage_monthly.account_id,
        cast(date_trunc('quarter', usage_monthly.month) as date) as quarter,
        sum(usage_monthly.feature_events) as actions
    from usage_monthly
    group by usage_monthly.account_id, cast(date_trunc('quarter', usage_monthly.month) as date)
),

-- A quarter is known where the feed had begun by its first day.
known as (
    select
        customers.account_id,
        customers.mrr,
        quarters.quarter,
        quarters.previous_quarter,
        quarters.reported_on,
        quarters.is_complete_quarter,
        coalesce(feeds.feed_from <= quarters.reported_on and coverage.active_users_from <= quarters.reported_on, false)
            as has_users,
        coalesce(
            feeds.feed_from <= quarters.previous_quarter
            and coverage.active_users_from <= quarters.previous_quarter,
            false
        ) as has_users_before,
        coalesce(feeds.feed_from <= quarters.reported_on and coverage.features_from <= quarters.reported_on, false)
            as has_actions
    from customers
    inner join quarters
        on customers.snapshot_date = quarters.reported_on
    cross join coverage
    left join feeds
        on customers.account_id = feeds.account_id
),

counted as (
    select
        known.*,
        case when known.has_users then coalesce(users.active_users, 0) end as active_users,
        case when known.has_users_before then coalesce(users_before.active_users, 0) end as previous_active_users,
        case when known.has_actions then coalesce(actions.actions, 0) end as actions
    from known
    left join users
        on known.account_id = users.account_id
        and known.quarter = users.quarter
    left join users as users_before
        on known.account_id = users_before.account_id
        and known.previous_quarter = users_before.quarter
    left join actions
        on known.account_id = actions.account_id
        and known.quarter = actions.quarter
),

final as (
    select
        counted.account_id,
        counted.quarter,
        counted.reported_on,
        counted.is_complete_quarter,
        counted.mrr,
        counted.active_users,
        counted.previous_active_users,
        round(
            case when counted.is_complete_quarter then counted.active_users - counted.previous_active_users end
            / cast(nullif(counted.previous_active_users, 0) as double),
            9
        ) as active_users_change,
        counted.actions,
        metrics.value as adoption
    from counted
    left join metrics
        on counted.account_id = metrics.account_id
        and counted.reported_on = metrics.snapshot_date
        and metrics.metric = 'feature_adoption'
)

select * from final
