-- Contacts known on as_of_date. A contact who leaves later is present.
with

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        contacts.contact_id,
        contacts.account_id,
        contacts.full_name,
        contacts.email,
        contacts.stakeholder_type,
        contacts.seniority,
        contacts.department,
        contacts.relationship_strength,
        coalesce(contacts.departed_on > run_context.as_of_date, true) as is_present,
        case when contacts.departed_on <= run_context.as_of_date then contacts.departed_on end as departed_on
    from contacts
    cross join run_context
    where contacts.created_at is null or cast(contacts.created_at as date) <= run_context.as_of_date
)

select * from final
