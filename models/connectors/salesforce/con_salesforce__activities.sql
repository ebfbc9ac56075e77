-- Without an account of its own an activity belongs to that of its opportunity, else of its contact.
with

engagements as (
    select * from {{ ref('con_salesforce__engagements') }}
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

opportunities as (
    select
        opportunity_id,
        account_id
    from {{ ref('con_salesforce__opportunities') }}
    where not_taken is null or not_taken <> 'older_version'
),

contact_records as (
    select * from ({{ loaded_rows('salesforce', 'contact') }}) as loaded
    where loaded._version = 1
),

contacts as (
    select
        contact_records.id,
        coalesce(contact_records.master_record_id, contact_records.id) as contact_id,
        contact_records.account_id
    from contact_records
),

placed as (
    select
        engagements.*,
        contacts.contact_id,
        coalesce(
            engagements.account_id, opportunities.account_id, subjects.record_id, contacts.account_id
        ) as record_id
    from engagements
    left join opportunities
        on engagements.what_id = opportunities.opportunity_id
    left join statuses as subjects
        on engagements.what_id = subjects.record_id
    left join contacts
        on engagements.who_id = contacts.id
),

final as (
    select
        placed.id as activity_id,
        coalesce(statuses.account_id, placed.record_id) as account_id,
        placed.owner_id as member_id,
        placed.contact_id,
        {{ crm_activity_type('salesforce', 'placed.type', 'placed.subject', 'placed.subtype') }} as activity_type,
        placed.scheduled_at,
        placed.completed_at,
        placed.status,
        cast(null as timestamp) as loaded_at,
        case
            when placed.not_taken is not null then placed.not_taken
            when placed.record_id is null then 'no_account'
            else statuses.rows_not_taken
        end as not_taken
    from placed
    left join statuses
        on placed.record_id = statuses.record_id
)

select * from final
