-- Months with use, and months that an account with a feed paid for.
-- 0: no activity. null: the usage feed does not include this measure.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

usage_monthly as (
    select * from {{ ref('int_usage_monthly') }}
),

feeds as (
    select * from {{ ref('int_account_feeds') }}
),

coverage as (
    select * from {{ ref('int_usage_feed_coverage') }}
),

users_licensed as (
    select * from {{ ref('int_users_licensed') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

account_months as (
    select
        account_mrr.account_id,
        account_mrr.month,
        account_mrr.snapshot_on
    from account_mrr
    inner join feeds
        on account_mrr.account_id = feeds.account_id
        and account_mrr.snapshot_on >= feeds.feed_from
    where account_mrr.mrr > 0
    union
    select
        usage_monthly.account_id,
        usage_monthly.month,
        usage_monthly.snapshot_on
    from usage_monthly
),

-- Seats of lines in force, paid or not. The ledger fills the gap between a loss and a return only afterwards.
account_seats as (
    select
        mrr_lines.account_id,
        mrr_lines.month,
        sum(mrr_lines.seats) as seats
    from mrr_lines
    where mrr_lines.month is not null
    group by mrr_lines.account_id, mrr_lines.month
),

final as (
    select
        account_months.account_id,
        account_names.account_name,
        account_months.month,
        case
            when coverage.licensed_users_from <= account_months.snapshot_on
                then coalesce(users_licensed.licensed_users, 0)
        end as licensed_users,
        cast(coalesce(account_seats.seats, 0) as double) as seats,
        {% for column, part in {
            'active_users': 'active_users',
            'logins': 'logins',
            'feature_events': 'features',
            'features_used': 'features',
        }.items() %}
        cast(
            case
                when coverage.{{ part }}_from <= account_months.snapshot_on then coalesce(usage_monthly.{{ column }}, 0)
            end as bigint
        ) as {{ column }},
        {% endfor %}
        cast(coalesce(usage_monthly.active_days, 0) as int) as active_days,
        cast(
            case
                when coverage.durations_from <= account_months.snapshot_on
                    then coalesce(usage_monthly.duration_seconds, 0) / (60 * 60)
            end as double
        ) as hours_in_product
    from account_months
    cross join coverage
    left join usage_monthly
        on account_months.account_id = usage_monthly.account_id
        and account_months.month = usage_monthly.month
    left join account_seats
        on account_months.account_id = account_seats.account_id
        and account_months.month = account_seats.month
    left join users_licensed
        on account_months.account_id = users_licensed.account_id
        and account_months.snapshot_on = users_licensed.snapshot_date
    left join account_names
        on account_months.account_id = account_names.account_id
)

select * from final
