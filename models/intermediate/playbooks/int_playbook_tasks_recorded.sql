-- A task matches the CRM record of the same account, playbook and step that is due nearest to it, within match_days.
-- Each record matches one task.
with

tasks_due as (
    select * from {{ ref('int_playbook_tasks_due') }}
),

playbook_tasks as (
    select * from {{ ref('stg_crm__playbook_tasks') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

pairs as (
    select
        tasks_due.trigger_id,
        tasks_due.step,
        tasks_due.due_on,
        playbook_tasks.task_id,
        case
            when playbook_tasks.completed_on <= run_context.as_of_date then playbook_tasks.completed_on
        end as completed_on,
        coalesce(playbook_tasks.is_skipped and playbook_tasks.due_on <= run_context.as_of_date, false) as is_skipped,
        abs({{ days_between('tasks_due.due_on', 'playbook_tasks.due_on') }}) as days_apart
    from tasks_due
    inner join playbooks
        on tasks_due.playbook = playbooks.playbook
    inner join playbook_tasks
        on tasks_due.account_id = playbook_tasks.account_id
        and lower(tasks_due.playbook) = lower(trim(playbook_tasks.playbook))
        and lower(tasks_due.step) = lower(trim(playbook_tasks.step))
        and abs({{ days_between('tasks_due.due_on', 'playbook_tasks.due_on') }}) <= playbooks.match_days
    cross join run_context
),

ranked as (
    select
        pairs.*,
        row_number() over (
            partition by pairs.trigger_id, pairs.step
            order by pairs.days_apart, pairs.task_id
        ) as record_rank,
        row_number() over (
            partition by pairs.task_id
            order by pairs.days_apart, pairs.due_on, pairs.trigger_id
        ) as task_rank
    from pairs
),

final as (
    select
        ranked.trigger_id,
        ranked.step,
        ranked.task_id,
        ranked.completed_on,
        ranked.is_skipped
    from ranked
    where ranked.record_rank = 1
        and ranked.task_rank = 1
)

select * from final
