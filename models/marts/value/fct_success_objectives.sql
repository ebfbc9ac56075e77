-- As of as_of_date. A later achievement is unknown.
with

objectives as (
    select * from {{ ref('int_objectives_known') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        objectives.objective_id,
        objectives.account_id,
        account_names.account_name,
        objectives.metric_name,
        cast(objectives.baseline_value as double) as baseline_value,
        cast(objectives.target_value as double) as target_value,
        cast(objectives.current_value as double) as current_value,
        objectives.progress,
        objectives.improvement,
        objectives.created_on,
        objectives.due_on,
        objectives.achieved_on,
        objectives.status,
        objectives.is_in_force,
        cast(objectives.value_amount as decimal(18, 2)) as value_amount,
        objectives.is_customer_validated as is_validated,
        run_context.reporting_currency
    from objectives
    cross join run_context
    left join account_names
        on objectives.account_id = account_names.account_id
)

select * from final
