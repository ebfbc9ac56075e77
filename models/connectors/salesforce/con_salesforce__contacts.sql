with

contacts as (
    select * from ({{ loaded_rows('salesforce', 'contact') }}) as loaded
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

contact_roles as (
    select * from {{ ref('con_salesforce__contact_roles') }}
),

final as (
    select
        contacts.id as contact_id,
        coalesce(statuses.account_id, contacts.account_id) as account_id,
        coalesce(contacts.name, {{ full_name('contacts.first_name', 'contacts.last_name') }}) as full_name,
        contacts.email,
        coalesce(
            nullif({{ source_value('salesforce', 'contact.role', 'contacts.stakeholder_role') }}, 'none'),
            contact_roles.stakeholder_type
        ) as stakeholder_type,
        {{ source_value('salesforce', 'contact.title', 'contacts.title') }} as seniority,
        contacts.department,
        contacts.relationship_strength,
        contacts.created_date as created_at,
        coalesce(
            contacts.left_on, case when contacts.has_left then cast(contacts.modified_at as date) end
        ) as departed_on,
        cast(null as timestamp) as loaded_at,
        case
            when contacts._version > 1 then 'older_version'
            when contacts.master_record_id is not null then 'merged'
            when coalesce(contacts.is_deleted, false) or coalesce(contacts.is_gone, false) then 'deleted'
            when contacts.account_id is null then 'no_account'
            else statuses.rows_not_taken
        end as not_taken
    from contacts
    left join statuses
        on contacts.account_id = statuses.record_id
    left join contact_roles
        on contacts.id = contact_roles.contact_id
)

select * from final
