-- Objectives agreed by as_of_date, and whether they were achieved by then.
-- A value is a year's, so it is in force for a year: from the achievement, or from the due date without one.
with

objectives as (
    select * from {{ ref('stg_crm__success_objectives') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

known as (
    select
        objectives.objective_id,
        objectives.account_id,
        objectives.metric_name,
        objectives.baseline_value,
        objectives.target_value,
        objectives.current_value,
        objectives.created_on,
        objectives.due_on,
        objectives.value_amount,
        objectives.is_customer_validated,
        run_context.as_of_date,
        case when objectives.achieved_on <= run_context.as_of_date then objectives.achieved_on end as achieved_on,
        coalesce(objectives.due_on <= run_context.as_of_date, false) as is_due
    from objectives
    inner join run_context
        on objectives.created_on <= run_context.as_of_date
),

decided as (
    select
        known.*,
        coalesce(known.achieved_on, case when known.is_due then known.due_on end) as decided_on
    from known
),

final as (
    select
        decided.objective_id,
        decided.account_id,
        decided.metric_name,
        decided.baseline_value,
        decided.target_value,
        decided.current_value,
        round(
            cast(decided.current_value - decided.baseline_value as double)
            / cast(nullif(decided.target_value - decided.baseline_value, 0) as double),
            9
        ) as progress,
        -- A metric that moved away from its target got worse.
        round(
            cast(abs(decided.current_value - decided.baseline_value) as double)
            / cast(nullif(abs(decided.baseline_value), 0) as double),
            9
        )
        * case
            when (decided.current_value - decided.baseline_value) * (decided.target_value - decided.baseline_value) < 0
                then -1
            else 1
        end as improvement,
        decided.created_on,
        decided.due_on,
        decided.achieved_on,
        decided.is_due,
        decided.achieved_on is not null as is_achieved,
        case
            when decided.achieved_on is not null then 'achieved'
            when decided.due_on < decided.as_of_date then 'overdue'
            else 'open'
        end as status,
        coalesce(
            decided.as_of_date
            < cast(decided.decided_on + settings.value_in_force_months * interval '1' month as date),
            false
        ) as is_in_force,
        decided.value_amount,
        decided.is_customer_validated
    from decided
    cross join settings
)

select * from final
