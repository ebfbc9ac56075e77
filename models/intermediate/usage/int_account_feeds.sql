-- From its first row of usage or users on, an account without events is inactive rather than unknown.
with

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

users as (
    select * from {{ ref('stg_product__users') }}
),

rows_seen as (
    select
        account_days.account_id,
        account_days.usage_on as seen_on
    from account_days
    union all
    select
        users.account_id,
        coalesce(cast(users.created_at as date), cast('1900-01-01' as date)) as seen_on
    from users
),

final as (
    select
        rows_seen.account_id,
        min(rows_seen.seen_on) as feed_from
    from rows_seen
    group by rows_seen.account_id
)

select * from final
