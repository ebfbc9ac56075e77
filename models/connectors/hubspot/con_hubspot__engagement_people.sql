-- Merged contacts lead to the one that stands. Of several at one company the lowest counts.
with

engagement_contacts as (
    select * from ({{ loaded_rows('hubspot', 'engagement_contact') }}) as loaded
    where loaded._version = 1
),

engagements as (
    select * from {{ ref('con_hubspot__engagements') }}
    where not_taken is null
),

contacts as (
    select * from ({{ loaded_rows('hubspot', 'contact') }}) as loaded
    where loaded._version = 1
),

merges as (
    select * from {{ ref('con_hubspot__contact_merges') }}
),

named as (
    select
        engagement_contacts.engagement_id,
        engagement_contacts.contact_id
    from engagement_contacts
    union
    select
        engagements.engagement_id,
        engagements.listed_contact_id as contact_id
    from engagements
    where engagements.listed_contact_id is not null
),

standing as (
    select distinct
        named.engagement_id,
        coalesce(merges.merged_into, named.contact_id) as contact_id
    from named
    left join merges
        on named.contact_id = merges.contact_id
),

final as (
    select
        standing.engagement_id,
        standing.contact_id,
        coalesce(contacts.company_id, {{ first_listed('contacts.company_list') }}) as company_id,
        row_number() over (
            partition by standing.engagement_id
            order by length(standing.contact_id), standing.contact_id
        ) as contact_number,
        row_number() over (
            partition by standing.engagement_id, coalesce(contacts.company_id, '')
            order by length(standing.contact_id), standing.contact_id
        ) as contact_number_at_company
    from standing
    left join contacts
        on standing.contact_id = contacts.id
)

select * from final
