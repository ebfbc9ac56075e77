-- Rates come from the tasks of the month with a known outcome. Without one, they come from the exits due in the month.
with

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

exits as (
    select * from {{ ref('int_playbook_exits') }}
),

targets as (
    select * from {{ ref('int_playbook_targets') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

tasks_counted as (
    select
        tasks.playbook,
        cast(date_trunc('month', tasks.due_on) as date) as month,
        count(*) as tasks,
        count(*) filter (where tasks.status = 'done') as on_time,
        count(*) filter (where tasks.status = 'late') as late,
        count(*) filter (where tasks.status = 'skipped') as skipped,
        count(*) filter (where tasks.status = 'overdue') as overdue,
        count(*) filter (where tasks.status = 'open') as still_open,
        count(*) filter (where tasks.status is null) as not_recorded
    from tasks
    group by tasks.playbook, cast(date_trunc('month', tasks.due_on) as date)
),

exits_counted as (
    select
        exits.playbook,
        cast(date_trunc('month', exits.due_on) as date) as month,
        count(*) as exits,
        count(*) filter (where exits.outcome = 'on_time') as exits_on_time,
        count(*) filter (where exits.outcome = 'late') as exits_late,
        count(*) filter (where exits.outcome = 'missed') as exits_missed,
        count(*) filter (where exits.outcome = 'open') as exits_open,
        median(exits.days_to_exit) as median_days_to_complete
    from exits
    group by exits.playbook, cast(date_trunc('month', exits.due_on) as date)
),

counted as (
    select
        coalesce(tasks_counted.playbook, exits_counted.playbook) as playbook,
        coalesce(tasks_counted.month, exits_counted.month) as month,
        {% for column in ['tasks', 'on_time', 'late', 'skipped', 'overdue', 'still_open', 'not_recorded'] %}
        coalesce(tasks_counted.{{ column }}, 0) as {{ column }},
        {% endfor %}
        {% for column in ['exits', 'exits_on_time', 'exits_late', 'exits_missed', 'exits_open'] %}
        coalesce(exits_counted.{{ column }}, 0) as {{ column }},
        {% endfor %}
        exits_counted.median_days_to_complete
    from tasks_counted
    full outer join exits_counted
        on tasks_counted.playbook = exits_counted.playbook
        and tasks_counted.month = exits_counted.month
),

based as (
    select
        counted.*,
        case
            when counted.tasks > counted.still_open + counted.not_recorded then 'tasks'
            when counted.exits > counted.exits_open then 'exits'
        end as basis
    from counted
),

-- What has an outcome, by the basis.
rated as (
    select
        based.*,
        case based.basis when 'tasks' then based.on_time else based.exits_on_time end as timely,
        case based.basis when 'tasks' then based.late else based.exits_late end as belated,
        cast(
            case based.basis
                when 'tasks' then based.tasks - based.still_open - based.not_recorded
                when 'exits' then based.exits - based.exits_open
            end as double
        ) as known
    from based
),

final as (
    select
        rated.playbook,
        rated.month,
        months.is_complete_month,
        rated.tasks,
        rated.on_time,
        rated.late,
        rated.skipped,
        rated.overdue,
        rated.still_open,
        rated.not_recorded,
        rated.exits,
        rated.exits_on_time,
        rated.exits_late,
        rated.exits_missed,
        rated.exits_open,
        rated.basis,
        rated.timely / rated.known as compliance,
        (rated.timely + rated.belated) / rated.known as completion_rate,
        case when rated.basis = 'tasks' then rated.skipped / rated.known end as skipped_rate,
        cast(rated.median_days_to_complete as double) as median_days_to_complete,
        targets.target,
        targets.completion_target,
        targets.max_skipped,
        round(rated.timely / rated.known, 9) >= targets.target as is_on_target
    from rated
    inner join targets
        on rated.playbook = targets.playbook
    inner join months
        on rated.month = months.month
    inner join run_context
        on rated.month >= run_context.recent_from
)

select * from final
