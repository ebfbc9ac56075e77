-- The owner counts as the CSM only where no company names a CSM.
with

companies as (
    select * from ({{ loaded_rows('hubspot', 'company') }}) as loaded
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

named as (
    select count(companies.csm_id) as csms
    from companies
    where companies._version = 1
),

final as (
    select
        companies.id as account_id,
        companies.name as account_name,
        companies.created_at,
        coalesce(parents.account_id, companies.parent_id) as parent_account_id,
        companies.industry,
        companies.region,
        companies.country,
        companies.employee_count,
        case when named.csms > 0 then companies.csm_id else companies.owner_id end as csm_id,
        companies.is_strategic,
        companies.growth_potential,
        companies.integration_count,
        companies.department_count,
        cast(null as timestamp) as loaded_at,
        case when companies._version > 1 then 'older_version' else statuses.not_taken end as not_taken
    from companies
    cross join named
    left join statuses
        on companies.id = statuses.record_id
    left join statuses as parents
        on companies.parent_id = parents.record_id
)

select * from final
