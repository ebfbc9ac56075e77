-- An engagement with several companies is one activity of each. Without any it belongs to the company of its contact.
with

engagements as (
    select * from {{ ref('con_hubspot__engagements') }}
),

engagement_companies as (
    select * from ({{ loaded_rows('hubspot', 'engagement_company') }}) as loaded
    where loaded._version = 1
),

people as (
    select * from {{ ref('con_hubspot__engagement_people') }}
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

placed as (
    select
        engagements.*,
        coalesce(
            engagement_companies.company_id, engagements.listed_company_id, first_people.company_id
        ) as company_id,
        first_people.contact_id as first_contact_id
    from engagements
    left join engagement_companies
        on engagements.engagement_id = engagement_companies.engagement_id
    left join people as first_people
        on engagements.engagement_id = first_people.engagement_id
        and first_people.contact_number = 1
),

numbered as (
    select
        placed.*,
        coalesce(statuses.account_id, placed.company_id) as account_id,
        statuses.rows_not_taken,
        count(*) over (partition by placed.engagement_id, placed.not_taken) as companies,
        row_number() over (
            partition by
                placed.engagement_id, placed.not_taken, coalesce(statuses.account_id, placed.company_id)
            order by placed.company_id
        ) as place_at_account
    from placed
    left join statuses
        on placed.company_id = statuses.record_id
),

final as (
    select
        case
            when numbered.companies > 1 then numbered.engagement_id || '-' || coalesce(numbered.company_id, '')
            else numbered.engagement_id
        end as activity_id,
        numbered.account_id,
        numbered.owner_id as member_id,
        coalesce(people.contact_id, numbered.first_contact_id) as contact_id,
        numbered.activity_type,
        numbered.scheduled_at,
        numbered.completed_at,
        numbered.status,
        cast(null as timestamp) as loaded_at,
        case
            when numbered.not_taken is not null then numbered.not_taken
            when numbered.account_id is null then 'no_account'
            when numbered.rows_not_taken is not null then numbered.rows_not_taken
            when numbered.place_at_account > 1 then 'merged'
        end as not_taken
    from numbered
    left join people
        on numbered.engagement_id = people.engagement_id
        and numbered.company_id = people.company_id
        and people.contact_number_at_company = 1
)

select * from final
