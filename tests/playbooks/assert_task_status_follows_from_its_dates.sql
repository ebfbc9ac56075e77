-- A row is a task whose status contradicts its dates, such as one that is done after it was due.
-- Compliance counts tasks by status, and the worklist shows the days overdue.
-- Look first at int_playbook_tasks, then at the task in the CRM's extract.
with

tasks as (
    select * from {{ ref('fct_playbook_tasks') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
)

select
    tasks.trigger_id,
    tasks.step,
    tasks.status,
    tasks.due_on,
    tasks.completed_on,
    tasks.days_overdue,
    run_context.as_of_date
from tasks
cross join run_context
where coalesce(tasks.status in ('done', 'late'), false) <> (tasks.completed_on is not null)
    or case tasks.status
        when 'done' then tasks.completed_on > tasks.due_on
        when 'late' then tasks.days_overdue <> {{ days_between('tasks.due_on', 'tasks.completed_on') }}
        when 'overdue'
            then
                tasks.due_on >= run_context.as_of_date
                or tasks.days_overdue <> {{ days_between('tasks.due_on', 'run_context.as_of_date') }}
        when 'open' then tasks.due_on < run_context.as_of_date
    end
