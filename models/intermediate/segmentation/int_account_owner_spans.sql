-- The CSM of an account: the latest assignment in force, lowest id on a tie, else the account's own csm_id, which has no history.
with

accounts as (
    select * from {{ ref('stg_crm__accounts') }}
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

-- Between two of these days nothing changes.
changes as (
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

spans as (
    select
        changes.account_id,
        changes.changed_on as owned_from,
        lead(changes.changed_on) over (partition by changes.account_id order by changes.changed_on) as owned_to
    from changes
),

assigned as (
    select
        spans.account_id,
        spans.owned_from,
        csm_assignments.member_id,
        row_number() over (
            partition by spans.account_id, spans.owned_from
            order by csm_assignments.assigned_from desc, csm_assignments.member_id asc
        ) as assignment_number
    from spans
    inner join csm_assignments
        on spans.account_id = csm_assignments.account_id
        and {{ in_force('spans.owned_from', 'csm_assignments.assigned_from', 'csm_assignments.assigned_to') }}
),

final as (
    select
        spans.account_id,
        coalesce(assigned.member_id, accounts.csm_id) as csm_id,
        spans.owned_from,
        spans.owned_to
    from spans
    inner join accounts
        on spans.account_id = accounts.account_id
    left join assigned
        on spans.account_id = assigned.account_id
        and spans.owned_from = assigned.owned_from
        and assigned.assignment_number = 1
    where coalesce(assigned.member_id, accounts.csm_id) is not null
)

select * from final
