with

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

final as (
    select
        tasks.trigger_id,
        tasks.step,
        tasks.account_id,
        tasks.playbook,
        tasks.due_on,
        tasks.owner_id,
        tasks.owner_role,
        tasks.channel,
        tasks.action,
        tasks.is_provisional,
        tasks.status,
        tasks.is_superseded,
        tasks.completed_on,
        cast(tasks.days_overdue as bigint) as days_overdue,
        tasks.task_id
    from tasks
)

select * from final
