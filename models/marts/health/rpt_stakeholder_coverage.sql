-- As of as_of_date.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

stakeholders as (
    select * from {{ ref('int_stakeholder_coverage') }}
),

touches as (
    select * from {{ ref('int_stakeholder_touches') }}
),

levels_overdue as (
    select * from {{ ref('int_stakeholder_levels_overdue') }}
),

sponsors as (
    select * from {{ ref('int_account_sponsors') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

owners as (
    select * from {{ ref('int_account_owners_monthly') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        customers.account_id,
        account_names.account_name,
        coalesce(owners.csm_id, '(none)') as csm_id,
        team_members.member_name as csm_name,
        account_tiers.touch_tier,
        cast(12 * customers.mrr as decimal(18, 2)) as arr,
        cast(stakeholders.contacts as bigint) as contacts,
        cast(stakeholders.strong_contacts as bigint) as strong_contacts,
        stakeholders.is_multi_threaded,
        stakeholders.roles_present,
        stakeholders.roles_missing,
        cast(stakeholders.missing_roles as bigint) as missing_roles,
        touches.last_touch_c_level_on,
        touches.last_touch_vp_on,
        touches.last_touch_director_on,
        touches.last_touch_manager_on,
        touches.last_touch_user_on,
        cast(levels_overdue.overdue_levels as bigint) as overdue_levels,
        levels_overdue.levels_overdue,
        sponsors.sponsor_assigned,
        sponsors.sponsor_id,
        sponsors.sponsor_name,
        run_context.reporting_currency
    from customers
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
    left join account_names
        on customers.account_id = account_names.account_id
    left join owners
        on customers.account_id = owners.account_id
        and run_context.as_of_month = owners.month
    left join team_members
        on owners.csm_id = team_members.member_id
    left join account_tiers
        on customers.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    left join stakeholders
        on customers.account_id = stakeholders.account_id
    left join touches
        on customers.account_id = touches.account_id
    left join levels_overdue
        on customers.account_id = levels_overdue.account_id
    left join sponsors
        on customers.account_id = sponsors.account_id
)

select * from final
