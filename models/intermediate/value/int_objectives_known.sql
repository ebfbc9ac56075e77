-- Objectives agreed by as_of_date, and whether they were achieved by then.
with

objectives as (
    select * from {{ ref('stg_crm__success_objectives') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        objectives.objective_id,
        objectives.account_id,
        objectives.metric_name,
        objectives.baseline_value,
        objectives.target_value,
        objectives.current_value,
        round(
            cast(objectives.current_value - objectives.baseline_value as double)
            / cast(nullif(objectives.target_value - objectives.baseline_value, 0) as double),
            9
        ) as progress,
        objectives.created_on,
        objectives.due_on,
        case when objectives.achieved_on <= run_context.as_of_date then objectives.achieved_on end as achieved_on,
        coalesce(objectives.due_on <= run_context.as_of_date, false) as is_due,
        coalesce(objectives.achieved_on <= run_context.as_of_date, false) as is_achieved,
        case
            when objectives.achieved_on <= run_context.as_of_date then 'achieved'
            when objectives.due_on < run_context.as_of_date then 'overdue'
            else 'open'
        end as status,
        objectives.value_amount,
        objectives.is_customer_validated
    from objectives
    inner join run_context
        on objectives.created_on <= run_context.as_of_date
)

select * from final
