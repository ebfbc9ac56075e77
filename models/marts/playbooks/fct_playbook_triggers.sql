with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

escalations as (
    select * from {{ ref('int_playbook_escalations') }}
),

next_steps as (
    select * from {{ ref('int_playbook_next_steps') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        triggers.trigger_id,
        triggers.account_id,
        account_names.account_name,
        triggers.playbook,
        triggers.opened_on,
        triggers.last_opened_on,
        cast(triggers.times_reopened as bigint) as times_reopened,
        triggers.closed_on,
        triggers.closed_by,
        triggers.is_open,
        triggers.is_provisional,
        triggers.evidence,
        coalesce(triggers.owner_id, '(none)') as owner_id,
        triggers.touch_tier,
        triggers.steps_tier,
        next_steps.step as next_step,
        next_steps.action,
        next_steps.owner_role,
        next_steps.due_on as action_due_on,
        escalations.escalation_level,
        triggers.exit_condition
    from triggers
    inner join escalations
        on triggers.trigger_id = escalations.trigger_id
    left join next_steps
        on triggers.trigger_id = next_steps.trigger_id
    left join account_names
        on triggers.account_id = account_names.account_id
)

select * from final
