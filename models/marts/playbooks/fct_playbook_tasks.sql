with

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        tasks.trigger_id,
        tasks.step,
        tasks.account_id,
        account_names.account_name,
        tasks.playbook,
        tasks.due_on,
        tasks.is_after_exit,
        coalesce(tasks.owner_id, '(none)') as owner_id,
        tasks.owner_role,
        tasks.channel,
        tasks.action,
        tasks.risk_level,
        tasks.is_provisional,
        tasks.status,
        tasks.is_superseded,
        tasks.completed_on,
        cast(tasks.days_overdue as bigint) as days_overdue,
        tasks.task_id
    from tasks
    left join account_names
        on tasks.account_id = account_names.account_id
)

select * from final
