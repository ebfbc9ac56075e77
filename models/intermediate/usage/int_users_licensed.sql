-- Users that exist and are not deactivated.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

users as (
    select * from {{ ref('stg_product__users') }}
),

user_days as (
    select
        users.account_id,
        coalesce(cast(users.created_at as date), cast('1900-01-01' as date)) as created_on,
        cast(users.deactivated_at as date) as deactivated_on
    from users
),

final as (
    select
        snapshot_dates.snapshot_date,
        user_days.account_id,
        count(*) as licensed_users
    from snapshot_dates
    inner join user_days
        on {{ in_force('snapshot_dates.snapshot_date', 'user_days.created_on', 'user_days.deactivated_on') }}
    group by snapshot_dates.snapshot_date, user_days.account_id
)

select * from final
