with

contacts as (
    select
        loaded.*,
        coalesce(loaded.company_id, {{ first_listed('loaded.company_list') }}) as record_id
    from ({{ loaded_rows('hubspot', 'contact') }}) as loaded
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

contact_roles as (
    select * from {{ ref('con_hubspot__contact_roles') }}
),

merges as (
    select * from {{ ref('con_hubspot__contact_merges') }}
),

final as (
    select
        contacts.id as contact_id,
        coalesce(statuses.account_id, contacts.record_id) as account_id,
        {{ full_name('contacts.first_name', 'contacts.last_name') }} as full_name,
        contacts.email,
        contact_roles.stakeholder_type,
        {{ source_value('hubspot', 'contact.title', 'contacts.title') }} as seniority,
        contacts.department,
        contacts.relationship_strength,
        contacts.created_at,
        coalesce(
            contacts.left_on, case when contacts.has_left then cast(contacts.modified_at as date) end
        ) as departed_on,
        cast(null as timestamp) as loaded_at,
        case
            when contacts._version > 1 then 'older_version'
            when merges.contact_id is not null then 'merged'
            when coalesce(contacts.is_deleted, false) or coalesce(contacts.is_gone, false) then 'deleted'
            when contacts.record_id is null then 'no_account'
            else statuses.rows_not_taken
        end as not_taken
    from contacts
    left join statuses
        on contacts.record_id = statuses.record_id
    left join contact_roles
        on contacts.id = contact_roles.contact_id
    left join merges
        on contacts.id = merges.contact_id
)

select * from final
