-- An account with a feed has a row on each date. 0 means no activity, null that the feed does not include the measure.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

feeds as (
    select * from {{ ref('int_account_feeds') }}
),

coverage as (
    select * from {{ ref('int_usage_feed_coverage') }}
),

core_features as (
    select * from {{ ref('int_core_features') }}
),

users_licensed as (
    select * from {{ ref('int_users_licensed') }}
),

sums as (
    select * from {{ ref('int_usage_window_sums') }}
),

users as (
    select * from {{ ref('int_usage_window_users') }}
),

features as (
    select * from {{ ref('int_usage_window_features') }}
),

features_known as (
    select
        core_features.snapshot_date,
        count(*) as core_features_known
    from core_features
    group by core_features.snapshot_date
),

final as (
    select
        customers.snapshot_date,
        customers.account_id,
        customers.seats,
        case
            when coverage.licensed_users_from <= customers.snapshot_date then coalesce(users_licensed.licensed_users, 0)
        end as licensed_users,
        {% for part, source, columns in [
            ('logins', 'sums', ['logins', 'previous_logins']),
            ('features', 'sums', ['feature_events', 'previous_feature_events']),
            ('features', 'features', ['core_features_used']),
            ('durations', 'sums', ['duration_seconds']),
            ('active_users', 'users', ['active_users', 'previous_active_users', 'user_days', 'previous_user_days']),
        ] %}
        {% for column in columns %}
        cast(
            case
                when coverage.{{ part }}_from <= customers.snapshot_date then coalesce({{ source }}.{{ column }}, 0)
            end as double
        ) as {{ column }},
        {% endfor %}
        {% endfor %}
        coalesce(coverage.logins_from <= customers.snapshot_date, false) as is_login_carried,
        sums.last_login_on,
        feeds.feed_from,
        cast(features_known.core_features_known as double) as core_features_known
    from customers
    inner join feeds
        on customers.account_id = feeds.account_id
        and customers.snapshot_date >= feeds.feed_from
    cross join coverage
    left join users_licensed
        on customers.account_id = users_licensed.account_id
        and customers.snapshot_date = users_licensed.snapshot_date
    left join sums
        on customers.account_id = sums.account_id
        and customers.snapshot_date = sums.snapshot_date
    left join users
        on customers.account_id = users.account_id
        and customers.snapshot_date = users.snapshot_date
    left join features
        on customers.account_id = features.account_id
        and customers.snapshot_date = features.snapshot_date
    left join features_known
        on customers.snapshot_date = features_known.snapshot_date
)

select * from final
