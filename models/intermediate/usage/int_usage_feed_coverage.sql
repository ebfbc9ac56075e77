{% set day_number = 'bit_count((user_months.day_bits & (-user_months.day_bits)) - 1)' %}
-- The first day of each measure in the company's usage feed. A metric of a measure that the feed lacks is unknown.
with

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

user_months as (
    select * from {{ ref('int_usage_user_months') }}
),

users as (
    select * from {{ ref('stg_product__users') }}
),

from_days as (
    select
        min(account_days.usage_on)
        filter (where account_days.is_active and account_days.logins > 0) as logins_from,
        min(account_days.usage_on)
        filter (where account_days.is_active and account_days.feature_events > 0) as features_from,
        min(account_days.usage_on) filter (where account_days.duration_seconds is not null) as durations_from
    from account_days
),

from_user_months as (
    select min({{ add_days('user_months.month', day_number) }}) as active_users_from
    from user_months
),

from_users as (
    select min(coalesce(cast(users.created_at as date), cast('1900-01-01' as date))) as licensed_users_from
    from users
),

final as (
    select
        from_days.logins_from,
        from_days.features_from,
        from_days.durations_from,
        from_user_months.active_users_from,
        from_users.licensed_users_from
    from from_days
    cross join from_user_months
    cross join from_users
)

select * from final
