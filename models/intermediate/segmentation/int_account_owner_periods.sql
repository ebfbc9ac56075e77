-- The owner on a day is the latest assigned CSM, by lowest id on a tie, else the account's own csm_id.
with

accounts as (
    select * from {{ ref('int_account_attributes') }}
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

-- Days on which the owner may change, and 1900-01-01 for the beginning.
change_days as (
    select
        accounts.account_id,
        cast('1900-01-01' as date) as changed_on
    from accounts
    union
    select
        csm_assignments.account_id,
        csm_assignments.assigned_from as changed_on
    from csm_assignments
    union
    select
        csm_assignments.account_id,
        csm_assignments.assigned_to as changed_on
    from csm_assignments
    where csm_assignments.assigned_to is not null
),

assigned as (
    select
        change_days.account_id,
        change_days.changed_on,
        csm_assignments.member_id,
        row_number() over (
            partition by change_days.account_id, change_days.changed_on
            order by csm_assignments.assigned_from desc, csm_assignments.member_id asc
        ) as assignment_number
    from change_days
    inner join csm_assignments
        on change_days.account_id = csm_assignments.account_id
        and {{ in_force('change_days.changed_on', 'csm_assignments.assigned_from', 'csm_assignments.assigned_to') }}
),

final as (
    select
        change_days.account_id,
        coalesce(assigned.member_id, accounts.csm_id) as csm_id,
        change_days.changed_on as owned_from,
        lead(change_days.changed_on) over (
            partition by change_days.account_id
            order by change_days.changed_on
        ) as owned_to
    from change_days
    inner join accounts
        on change_days.account_id = accounts.account_id
    left join assigned
        on change_days.account_id = assigned.account_id
        and change_days.changed_on = assigned.changed_on
        and assigned.assignment_number = 1
)

select * from final
