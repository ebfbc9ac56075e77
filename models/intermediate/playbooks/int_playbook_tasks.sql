-- The status of each task. It is unknown for a due task without a record if the CRM had no task of the playbook yet,
-- or if the step runs by itself. A step done supersedes the earlier ones of its trigger.
with

tasks_due as (
    select * from {{ ref('int_playbook_tasks_due') }}
),

recorded as (
    select * from {{ ref('int_playbook_tasks_recorded') }}
),

playbook_tasks as (
    select * from {{ ref('stg_crm__playbook_tasks') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

first_records as (
    select
        lower(trim(playbook_tasks.playbook)) as playbook,
        min(playbook_tasks.due_on) as recorded_from
    from playbook_tasks
    group by lower(trim(playbook_tasks.playbook))
),

judged as (
    select
        tasks_due.*,
        recorded.task_id,
        recorded.completed_on,
        run_context.as_of_date,
        case
            when recorded.completed_on <= tasks_due.due_on then 'done'
            when recorded.completed_on > tasks_due.due_on then 'late'
            when recorded.is_skipped then 'skipped'
            when tasks_due.due_on >= run_context.as_of_date then 'open'
            when
                recorded.task_id is not null
                or (tasks_due.owner_role <> 'automation' and tasks_due.due_on >= first_records.recorded_from)
                then 'overdue'
        end as status
    from tasks_due
    cross join run_context
    left join recorded
        on tasks_due.trigger_id = recorded.trigger_id
        and tasks_due.step = recorded.step
    left join first_records
        on lower(tasks_due.playbook) = first_records.playbook
),

final as (
    select
        judged.trigger_id,
        judged.account_id,
        judged.playbook,
        judged.touch_tier,
        judged.steps_tier,
        judged.step,
        judged.due_on,
        judged.is_after_exit,
        judged.owner_role,
        judged.owner_id,
        judged.channel,
        judged.action,
        judged.risk_level,
        judged.is_provisional,
        judged.task_id,
        judged.completed_on,
        judged.status,
        coalesce(judged.status in ('open', 'overdue'), true)
        and coalesce(
            judged.due_on < max(case when judged.status in ('done', 'late') then judged.due_on end) over (
                partition by judged.trigger_id
            ), false
        ) as is_superseded,
        case
            when judged.status = 'late' then {{ days_between('judged.due_on', 'judged.completed_on') }}
            when judged.status = 'overdue' then {{ days_between('judged.due_on', 'judged.as_of_date') }}
            when judged.status is not null then 0
        end as days_overdue
    from judged
)

select * from final
