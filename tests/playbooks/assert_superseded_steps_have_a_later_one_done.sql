-- A row is a step that is superseded without a later one of its trigger that is done, or one that should be superseded.
-- The worklist leaves out superseded steps.
-- Look first at int_playbook_tasks, then at the trigger's tasks in the CRM's extract.
with

tasks as (
    select * from {{ ref('fct_playbook_tasks') }}
),

last_done as (
    select
        tasks.trigger_id,
        max(tasks.due_on) as due_on
    from tasks
    where tasks.completed_on is not null
    group by tasks.trigger_id
)

select
    tasks.trigger_id,
    tasks.step,
    tasks.status,
    tasks.due_on,
    tasks.is_superseded,
    last_done.due_on as last_done_due_on
from tasks
left join last_done
    on tasks.trigger_id = last_done.trigger_id
where case
        when coalesce(tasks.status not in ('done', 'late', 'skipped'), true)
            then tasks.is_superseded <> coalesce(tasks.due_on < last_done.due_on, false)
        else tasks.is_superseded
    end
