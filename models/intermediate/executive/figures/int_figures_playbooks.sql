-- Tasks that fell due in the month to each date, as they stood then. A task that was open then, or whose outcome no
-- record shows, does not count. Before recent_from the tasks are not known.
{% set figures = {
    'playbook_compliance': ('%p of %w tasks were done on time.', 'No task has a known outcome.'),
    'steps_skipped': ('%p of %w tasks were skipped.', 'No task has a known outcome.'),
} %}
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

months as (
    select
        measured_dates.measured_on,
        measured_dates.month_from
    from measured_dates
    inner join run_context
        on measured_dates.month_from >= run_context.recent_from
),

due as (
    select
        months.measured_on,
        tasks.touch_tier,
        tasks.status = 'skipped' as is_skipped,
        coalesce(tasks.completed_on <= months.measured_on, false) as is_completed,
        coalesce(tasks.completed_on <= months.measured_on and tasks.completed_on <= tasks.due_on, false) as is_in_time,
        tasks.due_on < months.measured_on as is_over
    from months
    inner join tasks
        on months.month_from <= tasks.due_on
        and months.measured_on >= tasks.due_on
    where tasks.status is not null
),

facts as (
    select
        'playbook_compliance' as figure,
        due.measured_on,
        due.touch_tier,
        case when due.is_in_time then 1 else 0 end as part,
        case when due.is_skipped or due.is_completed or due.is_over then 1 else 0 end as whole
    from due
    union all
    select
        'steps_skipped' as figure,
        due.measured_on,
        due.touch_tier,
        case when due.is_skipped then 1 else 0 end as part,
        case when due.is_skipped or due.is_completed or due.is_over then 1 else 0 end as whole
    from due
),

{{ figures_by_tier('facts', figures) }}

select * from final
