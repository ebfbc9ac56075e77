with

companies as (
    select * from ({{ loaded_rows('intercom', 'company') }}) as loaded
    where _version = 1
),

contacts as (
    select * from ({{ loaded_rows('intercom', 'contact') }}) as loaded
    where _version = 1
),

company_contacts as (
    select * from {{ ref('con_intercom__company_contacts') }}
),

addresses as (
    select
        companies.id as company_id,
        companies.website as address
    from companies
    union
    select
        company_contacts.company_id,
        contacts.email as address
    from company_contacts
    inner join contacts
        on company_contacts.contact_id = contacts.id
),

final as (
    select
        'intercom' as source,
        addresses.company_id as source_id,
        companies.name as party_name,
        companies.salesforce_id,
        companies.hubspot_id,
        companies.own_id as own_account_id,
        addresses.address
    from addresses
    left join companies
        on addresses.company_id = companies.id
)

select * from final
