-- Users that exist and are not deactivated.
with

customers as (
    select * from {{ ref('int_account_mrr_dated') }}
),

users as (
    select * from {{ ref('stg_product__users') }}
),

final as (
    select
        customers.snapshot_date,
        customers.account_id,
        count(*) as licensed_users
    from customers
    inner join users
        on customers.account_id = users.account_id
        and (users.created_at is null or cast(users.created_at as date) <= customers.snapshot_date)
        and (users.deactivated_at is null or cast(users.deactivated_at as date) > customers.snapshot_date)
    group by customers.snapshot_date, customers.account_id
)

select * from final
