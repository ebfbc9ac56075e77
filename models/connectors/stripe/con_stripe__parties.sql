with

customers as (
    select * from {{ ref('con_stripe__customers') }}
),

final as (
    select
        'stripe' as source,
        customers.customer_id as source_id,
        customers.customer_name as party_name,
        customers.salesforce_id,
        customers.hubspot_id,
        customers.own_account_id,
        customers.email as address
    from customers
    where customers.is_current_version and customers.is_live
)

select * from final
