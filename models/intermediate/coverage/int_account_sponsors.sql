-- The executive of ours who sponsors an account: the latest assigned of role executive or vp, by lowest id on a tie.
-- Before the company's first assignment nothing is known.
with

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

strategic as (
    select * from {{ ref('int_touch_strategic') }}
),

assignments as (
    select * from {{ ref('stg_crm__account_assignments') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

company as (
    select count(*) > 0 as records_assignments
    from assignments
    inner join run_context
        on assignments.assigned_from <= run_context.as_of_date
),

sponsored as (
    select
        assignments.account_id,
        assignments.member_id,
        team_members.member_name,
        row_number() over (
            partition by assignments.account_id
            order by assignments.assigned_from desc, assignments.member_id asc
        ) as assignment_number
    from assignments
    inner join run_context
        on {{ in_force('run_context.as_of_date', 'assignments.assigned_from', 'assignments.assigned_to') }}
    inner join team_members
        on assignments.member_id = team_members.member_id
    where team_members.role in ('executive', 'vp')
        and team_members.is_active
),

-- A strategic account is one that the CRM designates, or whose investment tier is covered with a sponsor.
final as (
    select
        account_tiers.account_id,
        sponsored.member_id as sponsor_id,
        sponsored.member_name as sponsor_name,
        case when company.records_assignments then sponsored.member_id is not null end as sponsor_assigned
    from account_tiers
    inner join run_context
        on account_tiers.month = run_context.as_of_month
    cross join company
    left join strategic
        on account_tiers.account_id = strategic.account_id
        and account_tiers.month = strategic.month
    left join investment_tiers
        on account_tiers.investment_tier = investment_tiers.tier
    left join sponsored
        on account_tiers.account_id = sponsored.account_id
        and sponsored.assignment_number = 1
    where strategic.is_strategic
        or investment_tiers.coverage = 'named_csm_and_sponsor'
)

select * from final
