-- Contacts known on as_of_date. A contact who leaves later is present. The label names a person by role and number. No
-- later contact and no change of a role moves the number.
with

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

labels as (
    select * from {{ ref('policy_labels') }}
),

known_contacts as (
    select
        contacts.*,
        run_context.as_of_date,
        cast(
            row_number() over (
                partition by contacts.account_id
                order by
                    case when contacts.created_at is null then 0 else 1 end,
                    contacts.created_at,
                    contacts.contact_id
            ) as int
        ) as contact_number
    from contacts
    cross join run_context
    where contacts.created_at is null or cast(contacts.created_at as date) <= run_context.as_of_date
),

final as (
    select
        known_contacts.contact_id,
        known_contacts.account_id,
        coalesce(labels.label, 'Contact') || ' ' || cast(known_contacts.contact_number as string) as contact_label,
        known_contacts.full_name,
        known_contacts.email,
        known_contacts.stakeholder_type,
        known_contacts.seniority,
        known_contacts.department,
        known_contacts.relationship_strength,
        cast(known_contacts.created_at as date) as created_on,
        coalesce(known_contacts.departed_on > known_contacts.as_of_date, true) as is_present,
        case when known_contacts.departed_on <= known_contacts.as_of_date then known_contacts.departed_on end
            as departed_on
    from known_contacts
    left join labels
        on known_contacts.stakeholder_type = labels.code
        and labels.domain = 'stakeholder_type'
)

select * from final
