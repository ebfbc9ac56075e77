-- From its first usage or users row on, an account's silence is data; a row of usage without events says so itself.
with

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

users as (
    select * from {{ ref('stg_product__users') }}
),

signs as (
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
        signs.account_id,
        min(signs.seen_on) as feed_from
    from signs
    group by signs.account_id
)

select * from final
