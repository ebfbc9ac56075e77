-- A figure without a value meets no condition.
with

conditions as (
    select * from {{ ref('policy_org_maturity') }}
),

figures as (
    select * from {{ ref('int_figures_judged') }}
),

tasks as (
    select * from {{ ref('int_playbook_tasks_recorded') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

tasks_of_year as (
    select count(tasks.task_id) as tasks
    from measured_dates
    left join tasks
        on tasks.completed_on between measured_dates.year_from and measured_dates.measured_on
    where measured_dates.is_current
),

final as (
    select
        conditions.question,
        conditions.stage,
        conditions.stage_rank,
        conditions.label,
        conditions.sort_order,
        conditions.unit,
        conditions.display_format,
        conditions.min_value,
        case
            when conditions.figure = 'playbook_tasks_recorded' then cast(tasks_of_year.tasks as double)
            else figures.value
        end as value,
        coalesce(
            round(
                case
                    when conditions.figure = 'playbook_tasks_recorded' then cast(tasks_of_year.tasks as double)
                    else figures.value
                end, 9
            ) >= conditions.min_value,
            false
        ) as is_met
    from conditions
    cross join tasks_of_year
    left join figures
        on conditions.figure = figures.figure
)

select * from final
