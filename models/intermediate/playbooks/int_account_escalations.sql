-- The highest level of the account's open triggers, of its alarms and of its health today, with the action of its risk.
-- Health below the limit of at_risk needs no trigger: a playbook waits for a second judgement.
with

customers as (
    select * from {{ ref('int_customers_today') }}
),

account_risks as (
    select * from {{ ref('int_account_risk_today') }}
),

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

trigger_escalations as (
    select * from {{ ref('int_playbook_escalations') }}
),

alarms as (
    select * from {{ ref('int_account_alarms') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

risk_levels as (
    select * from {{ ref('policy_risk_levels') }}
),

escalation_levels as (
    select * from {{ ref('policy_escalation_levels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

reached as (
    select
        customers.account_id,
        'none' as escalation_level
    from customers
    union all
    select
        triggers.account_id,
        trigger_escalations.escalation_level
    from triggers
    inner join trigger_escalations
        on triggers.trigger_id = trigger_escalations.trigger_id
    where triggers.is_open
    union all
    select
        alarms.account_id,
        alarms.escalation_level
    from alarms
    inner join run_context
        on {{ in_force('run_context.as_of_date', 'alarms.holds_from', 'alarms.holds_to') }}
    union all
    select
        customers.account_id,
        'executive' as escalation_level
    from customers
    cross join run_context
    inner join health_statuses
        on customers.account_id = health_statuses.account_id
        and run_context.as_of_date = health_statuses.snapshot_date
    inner join playbooks
        on playbooks.playbook = 'at_risk'
        and health_statuses.evidenced_score < playbooks.executive_below
),

highest as (
    select
        reached.account_id,
        max_by(escalation_levels.escalation_level, escalation_levels.escalation_rank) as escalation_level
    from reached
    inner join escalation_levels
        on reached.escalation_level = escalation_levels.escalation_level
    group by reached.account_id
),

final as (
    select
        customers.account_id,
        risk_levels.risk_level,
        risk_levels.action as risk_action,
        risk_levels.owner_role as risk_owner_role,
        highest.escalation_level
    from customers
    inner join highest
        on customers.account_id = highest.account_id
    left join account_risks
        on customers.account_id = account_risks.account_id
    inner join risk_levels
        on coalesce(account_risks.risk_level, 'none') = risk_levels.risk_level
)

select * from final
