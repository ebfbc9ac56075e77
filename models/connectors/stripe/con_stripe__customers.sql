-- Some loaders list no deleted customers. Their subscriptions still name them.
with

customers as (
    select * from ({{ loaded_rows('stripe', 'customer') }}) as loaded
),

subscription_versions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
),

subscribers as (
    select
        subscription_versions.customer_id,
        min(subscription_versions.started_at) as subscribed_at,
        count_if(subscription_versions.not_taken is distinct from 'test_mode') > 0 as is_live
    from subscription_versions
    where subscription_versions.is_current_version and subscription_versions.customer_id is not null
    group by subscription_versions.customer_id
),

listed as (
    select
        customers.id as customer_id,
        customers.name as customer_name,
        customers.email,
        customers.country,
        coalesce(customers.created_at, subscribers.subscribed_at) as created_at,
        coalesce(customers.salesforce_id, customers.salesforce_id_too) as salesforce_id,
        coalesce(customers.hubspot_id, customers.hubspot_id_too) as hubspot_id,
        coalesce(customers.own_account_id, customers.own_account_id_too) as own_account_id,
        customers._version = 1 as is_current_version,
        coalesce(customers.is_live, true) as is_live,
        subscribers.customer_id is not null as has_subscription,
        true as is_listed
    from customers
    left join subscribers
        on customers.id = subscribers.customer_id
),

unlisted as (
    select
        subscribers.customer_id,
        cast(null as string) as customer_name,
        cast(null as string) as email,
        cast(null as string) as country,
        subscribers.subscribed_at as created_at,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        cast(null as string) as own_account_id,
        true as is_current_version,
        subscribers.is_live,
        true as has_subscription,
        false as is_listed
    from subscribers
    left join customers
        on subscribers.customer_id = customers.id
    where customers.id is null
),

final as (
    select * from listed
    union all
    select * from unlisted
)

select * from final
