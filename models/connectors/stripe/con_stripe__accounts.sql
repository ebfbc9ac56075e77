with

customers as (
    select * from {{ ref('con_stripe__customers') }}
),

links as (
    select * from {{ ref('con_account_links') }}
    where source = 'stripe'
),

final as (
    select
        customers.customer_id as account_id,
        coalesce(customers.customer_name, customers.email, customers.customer_id) as account_name,
        customers.created_at,
        cast(null as string) as parent_account_id,
        cast(null as string) as industry,
        cast(null as string) as region,
        customers.country,
        cast(null as int) as employee_count,
        cast(null as string) as csm_id,
        cast(null as boolean) as is_strategic,
        cast(null as string) as growth_potential,
        cast(null as int) as integration_count,
        cast(null as int) as department_count,
        cast(null as timestamp) as loaded_at,
        case
            when not customers.is_current_version then 'older_version'
            when not customers.is_live then 'test_mode'
            when links.account_id <> customers.customer_id then 'linked'
            when not customers.has_subscription then 'no_subscription'
        end as not_taken
    from customers
    left join links
        on customers.customer_id = links.source_id
)

select * from final
