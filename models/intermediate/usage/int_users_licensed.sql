-- Users that exist and are not deactivated.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

users as (
    select * from {{ ref('stg_product__users') }}
),

final as (
    select
        snapshot_dates.snapshot_date,
        users.account_id,
        count(*) as licensed_users
    from snapshot_dates
    inner join users
        on (users.created_at is null or cast(users.created_at as date) <= snapshot_dates.snapshot_date)
        and (users.deactivated_at is null or cast(users.deactivated_at as date) > snapshot_dates.snapshot_date)
    group by snapshot_dates.snapshot_date, users.account_id
)

select * from final
