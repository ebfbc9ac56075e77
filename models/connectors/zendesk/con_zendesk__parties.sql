with

organizations as (
    select * from ({{ loaded_rows('zendesk', 'organization') }}) as loaded
    where _version = 1
),

-- An agent's own address says nothing about a customer.
customers as (
    select * from ({{ loaded_rows('zendesk', 'user') }}) as loaded
    where
        _version = 1
        and coalesce(lower(role), 'end-user') not in ('agent', 'admin')
),

domains as (
    select * from {{ ref('con_zendesk__domains') }}
),

addresses as (
    select
        domains.organization_id,
        domains.domain_name as address
    from domains
    union
    select
        customers.organization_id,
        customers.email as address
    from customers
),

final as (
    select
        'zendesk' as source,
        organizations.id as source_id,
        organizations.name as party_name,
        organizations.salesforce_id,
        organizations.hubspot_id,
        organizations.external_id as own_account_id,
        addresses.address
    from organizations
    left join addresses
        on organizations.id = addresses.organization_id
    union all
    select
        'zendesk_user' as source,
        customers.id as source_id,
        customers.name as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        cast(null as string) as own_account_id,
        customers.email as address
    from customers
    left join organizations
        on customers.organization_id = organizations.id
    where organizations.id is null
)

select * from final
