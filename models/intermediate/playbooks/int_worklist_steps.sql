-- The next step of an open trigger for the account's CSM is the latest that is due and not done, else the first one
-- within worklist_days_ahead, else the last one with an unknown outcome.
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

steps as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.playbook,
        -- Evidence is as of the opening day. A review that was ahead then may be overdue now.
        case
            when triggers.anchor_on < run_context.as_of_date then replace(triggers.evidence, 'due on', 'overdue since')
            else triggers.evidence
        end as evidence,
        playbooks.label,
        playbooks.urgency,
        tasks.step,
        tasks.action,
        tasks.due_on,
        tasks.status = 'overdue' or (tasks.status = 'open' and tasks.due_on = run_context.as_of_date) as is_due,
        tasks.status is null as is_unknown
    from triggers
    cross join run_context
    cross join settings
    inner join playbooks
        on triggers.playbook = playbooks.playbook
    inner join tasks
        on triggers.trigger_id = tasks.trigger_id
    where triggers.is_open
        and tasks.owner_role = 'csm'
        and coalesce(tasks.status in ('open', 'overdue'), true)
        and tasks.due_on <= {{ add_days('run_context.as_of_date', 'settings.worklist_days_ahead') }}
),

-- Coming steps are ranked from the earliest, past ones from the latest.
ranked as (
    select
        steps.*,
        case when steps.is_due then 1 when not steps.is_unknown then 2 else 3 end as turn,
        row_number() over (
            partition by steps.trigger_id
            order by
                case when steps.is_due then 1 when not steps.is_unknown then 2 else 3 end,
                case when steps.is_due or steps.is_unknown then steps.due_on end desc nulls last,
                steps.due_on asc,
                steps.step asc
        ) as step_number,
        count(*) filter (where steps.is_due) over (partition by steps.trigger_id) as steps_due
    from steps
),

final as (
    select
        ranked.trigger_id,
        ranked.account_id,
        ranked.playbook,
        ranked.label,
        ranked.urgency,
        ranked.evidence,
        ranked.step,
        ranked.action,
        ranked.due_on,
        ranked.turn,
        ranked.steps_due
    from ranked
    where ranked.step_number = 1
)

select * from final
