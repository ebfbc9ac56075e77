-- The next step is the latest that is due and not done, else the first ahead, within the days of the list. A renewal
-- that is near has its first step ahead whenever that is.
-- A step of unknown outcome or outside these days leaves its trigger in the backlog.
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

evidence_today as (
    select * from {{ ref('int_playbook_evidence_today') }}
),

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

facts as (
    select * from {{ ref('policy_worklist_facts') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

steps_left as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.playbook,
        triggers.anchor_on,
        tasks.step,
        tasks.action,
        tasks.due_on,
        tasks.days_overdue,
        tasks.status = 'overdue' or (tasks.status = 'open' and tasks.due_on = run_context.as_of_date) as is_due,
        tasks.status is not null
        and tasks.due_on >= {{ add_days('run_context.as_of_date', '-settings.worklist_overdue_days') }}
        and (
            tasks.due_on <= {{ add_days('run_context.as_of_date', 'settings.worklist_days_ahead') }}
            or coalesce(
                triggers.anchor_on <= {{ add_days('run_context.as_of_date', 'settings.worklist_renewal_days') }}
                and facts.fact = 'renewal_near', false
            )
        ) as is_next
    from triggers
    cross join run_context
    cross join settings
    inner join tasks
        on triggers.trigger_id = tasks.trigger_id
    left join facts
        on triggers.playbook = facts.playbook
        and facts.fact = 'renewal_near'
    where (triggers.is_open or tasks.is_after_exit)
        and tasks.owner_role = 'csm'
        and coalesce(tasks.status in ('open', 'overdue'), true)
        and not tasks.is_superseded
),

-- Coming steps are ranked from the earliest, past ones from the latest.
ranked as (
    select
        steps_left.*,
        row_number() over (
            partition by steps_left.trigger_id
            order by
                case when steps_left.is_next then 1 else 2 end,
                case when steps_left.is_due then steps_left.due_on end desc nulls last,
                steps_left.due_on asc,
                steps_left.step asc
        ) as step_number,
        count(*) filter (where steps_left.is_due) over (partition by steps_left.trigger_id) as steps_due
    from steps_left
),

final as (
    select
        ranked.trigger_id,
        ranked.account_id,
        ranked.playbook,
        playbooks.label,
        playbooks.urgency,
        ranked.anchor_on,
        evidence_today.evidence,
        case when ranked.is_next then ranked.step end as step,
        case when ranked.is_next then ranked.action end as action,
        case when ranked.is_next then ranked.due_on end as due_on,
        case when ranked.is_next then ranked.days_overdue end as days_overdue,
        ranked.is_next and coalesce(ranked.is_due, false) as is_due,
        ranked.steps_due
    from ranked
    inner join evidence_today
        on ranked.trigger_id = evidence_today.trigger_id
    inner join playbooks
        on ranked.playbook = playbooks.playbook
    where ranked.step_number = 1
)

select * from final
