with

contacts as (
    select * from ({{ loaded_rows('intercom', 'contact') }}) as loaded
    where _version = 1
),

contact_companies as (
    select * from ({{ loaded_rows('intercom', 'contact_company') }}) as loaded
    where
        _version = 1
        and coalesce(is_active, true)
),

final as (
    select
        contact_companies.contact_id,
        contact_companies.company_id
    from contact_companies
    union
    select
        contacts.id as contact_id,
        nullif(regexp_extract(contacts.companies, '"id" *: *"([^"]+)"', 1), '') as company_id
    from contacts
    where contacts.companies like '%"id"%'
)

select * from final
