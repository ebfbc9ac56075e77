-- Tasks with a known outcome count. The rates are theirs, against the playbook's target.
with

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

counted as (
    select
        tasks.playbook,
        months.month,
        months.is_complete_month,
        count(*) as tasks,
        count(*) filter (where tasks.status = 'done') as on_time,
        count(*) filter (where tasks.status = 'late') as late,
        count(*) filter (where tasks.status = 'skipped') as skipped,
        count(*) filter (where tasks.status = 'overdue') as overdue,
        count(*) filter (where tasks.status = 'open') as still_open,
        count(*) filter (where tasks.status is null) as not_recorded
    from tasks
    inner join months
        on cast(date_trunc('month', tasks.due_on) as date) = months.month
    inner join run_context
        on months.month >= run_context.recent_from
    group by tasks.playbook, months.month, months.is_complete_month
),

rated as (
    select
        counted.*,
        cast(counted.on_time + counted.late + counted.skipped + counted.overdue as double) as known
    from counted
),

final as (
    select
        rated.playbook,
        rated.month,
        rated.is_complete_month,
        rated.tasks,
        rated.on_time,
        rated.late,
        rated.skipped,
        rated.overdue,
        rated.still_open,
        rated.not_recorded,
        rated.on_time / nullif(rated.known, 0) as compliance,
        (rated.on_time + rated.late) / nullif(rated.known, 0) as completion_rate,
        rated.skipped / nullif(rated.known, 0) as skipped_rate,
        playbooks.target,
        playbooks.max_skipped,
        rated.on_time / nullif(rated.known, 0) >= playbooks.target as is_on_target
    from rated
    inner join playbooks
        on rated.playbook = playbooks.playbook
)

select * from final
