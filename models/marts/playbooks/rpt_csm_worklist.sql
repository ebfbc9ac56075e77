with

worklist as (
    select * from {{ ref('int_worklist') }}
),

accounts as (
    select * from {{ ref('int_accounts_today') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

escalations as (
    select * from {{ ref('int_account_escalations') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        worklist.csm_id,
        cast(worklist.priority_rank as int) as priority_rank,
        team_members.member_name as csm_name,
        worklist.band,
        worklist.fact,
        worklist.account_id,
        accounts.account_name,
        worklist.why,
        worklist.action,
        worklist.due_on,
        cast(worklist.days_overdue as int) as days_overdue,
        cast(worklist.arr as decimal(18, 2)) as arr,
        cast(worklist.arr_at_risk as decimal(18, 2)) as arr_at_risk,
        run_context.reporting_currency,
        worklist.health_score,
        worklist.health_status,
        worklist.next_renewal_on as renewal_on,
        escalations.risk_level,
        escalations.risk_action,
        escalations.risk_owner_role,
        escalations.escalation_level,
        worklist.playbook,
        worklist.step,
        worklist.trigger_id,
        cast(worklist.steps_due as bigint) as steps_due
    from worklist
    cross join run_context
    inner join accounts
        on worklist.account_id = accounts.account_id
    inner join escalations
        on worklist.account_id = escalations.account_id
    left join team_members
        on worklist.csm_id = team_members.member_id
    where worklist.is_listed
)

select * from final
