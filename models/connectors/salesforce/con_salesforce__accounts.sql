-- The owner counts as the CSM only where no account names a CSM.
with

accounts as (
    select * from ({{ loaded_rows('salesforce', 'account') }}) as loaded
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

named as (
    select count(accounts.csm_id) as csms
    from accounts
    where accounts._version = 1
),

final as (
    select
        accounts.id as account_id,
        accounts.name as account_name,
        accounts.created_date as created_at,
        coalesce(parents.account_id, accounts.parent_id) as parent_account_id,
        accounts.industry,
        accounts.region,
        accounts.country,
        accounts.employee_count,
        case when named.csms > 0 then accounts.csm_id else accounts.owner_id end as csm_id,
        accounts.is_strategic,
        accounts.growth_potential,
        accounts.integration_count,
        accounts.department_count,
        cast(null as timestamp) as loaded_at,
        case when accounts._version > 1 then 'older_version' else statuses.not_taken end as not_taken
    from accounts
    cross join named
    left join statuses
        on accounts.id = statuses.record_id
    left join statuses as parents
        on accounts.parent_id = parents.record_id
)

select * from final
