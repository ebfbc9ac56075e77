-- As of as_of_date. Attributes without a history have today's value.
with

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        contacts.contact_id,
        contacts.account_id,
        account_names.account_name,
        contacts.contact_label,
        contacts.full_name,
        contacts.email,
        contacts.stakeholder_type,
        contacts.seniority,
        contacts.department,
        cast(contacts.relationship_strength as int) as relationship_strength,
        contacts.is_present,
        contacts.departed_on
    from contacts
    left join account_names
        on contacts.account_id = account_names.account_id
)

select * from final
