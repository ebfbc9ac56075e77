-- The CSM of an account at a month's end: the latest assignment in force, lowest id on a tie, else the account's own csm_id.
with

accounts as (
    select * from {{ ref('stg_crm__accounts') }}
),

months as (
    select * from {{ ref('int_months') }}
),

account_assignments as (
    select * from {{ ref('stg_crm__account_assignments') }}
),

team_members as (
    select * from {{ ref('stg_crm__team_members') }}
),

csm_assignments as (
    select account_assignments.*
    from account_assignments
    inner join team_members
        on account_assignments.member_id = team_members.member_id
    where team_members.role in ('csm', 'senior_csm')
),

assigned as (
    select
        csm_assignments.account_id,
        months.month,
        csm_assignments.member_id,
        row_number() over (
            partition by csm_assignments.account_id, months.month
            order by csm_assignments.assigned_from desc, csm_assignments.member_id asc
        ) as assignment_number
    from csm_assignments
    inner join months
        on csm_assignments.assigned_from <= months.snapshot_on
        and (csm_assignments.assigned_to is null or csm_assignments.assigned_to > months.snapshot_on)
),

final as (
    select
        accounts.account_id,
        months.month,
        coalesce(assigned.member_id, accounts.csm_id) as csm_id
    from accounts
    cross join months
    left join assigned
        on accounts.account_id = assigned.account_id
        and months.month = assigned.month
        and assigned.assignment_number = 1
)

select * from final
