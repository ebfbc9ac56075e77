-- Who owned an account when: the latest assignment of a CSM in force on a day, lowest id on a tie, else the account's own csm_id.
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

-- The days on which an owner may change, and the beginning of time.
turns as (
    select
        accounts.account_id,
        cast('1900-01-01' as date) as turn_on
    from accounts
    union
    select
        csm_assignments.account_id,
        csm_assignments.assigned_from as turn_on
    from csm_assignments
    union
    select
        csm_assignments.account_id,
        csm_assignments.assigned_to as turn_on
    from csm_assignments
    where csm_assignments.assigned_to is not null
),

assigned as (
    select
        turns.account_id,
        turns.turn_on,
        csm_assignments.member_id,
        row_number() over (
            partition by turns.account_id, turns.turn_on
            order by csm_assignments.assigned_from desc, csm_assignments.member_id asc
        ) as assignment_number
    from turns
    inner join csm_assignments
        on turns.account_id = csm_assignments.account_id
        and {{ in_force('turns.turn_on', 'csm_assignments.assigned_from', 'csm_assignments.assigned_to') }}
),

final as (
    select
        turns.account_id,
        coalesce(assigned.member_id, accounts.csm_id) as csm_id,
        turns.turn_on as owned_from,
        lead(turns.turn_on) over (partition by turns.account_id order by turns.turn_on) as owned_to
    from turns
    inner join accounts
        on turns.account_id = accounts.account_id
    left join assigned
        on turns.account_id = assigned.account_id
        and turns.turn_on = assigned.turn_on
        and assigned.assignment_number = 1
)

select * from final
