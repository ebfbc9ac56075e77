with

customers as (
    select * from ({{ loaded_rows('chargebee', 'customer') }}) as loaded
    where loaded._version = 1
),

subscriptions as (
    select * from ({{ loaded_rows('chargebee', 'subscription') }}) as loaded
    where loaded._version = 1
),

-- Customers that only their subscriptions name.
customers_absent as (
    select distinct subscriptions.customer_id
    from subscriptions
    left join customers
        on subscriptions.customer_id = customers.id
    where customers.id is null
        and subscriptions.customer_id is not null
),

final as (
    select
        'chargebee' as source,
        customers.id as source_id,
        coalesce(
            customers.company,
            nullif(trim(concat_ws(' ', customers.first_name, customers.last_name)), ''),
            customers.email
        ) as party_name,
        customers.salesforce_account_id as salesforce_id,
        customers.hubspot_company_id as hubspot_id,
        -- Companies often create a customer with their own id of the account.
        coalesce(customers.own_account_id, customers.id) as own_account_id,
        customers.email as address
    from customers
    union all
    select
        'chargebee' as source,
        customers_absent.customer_id as source_id,
        cast(null as string) as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        customers_absent.customer_id as own_account_id,
        cast(null as string) as address
    from customers_absent
)

select * from final
