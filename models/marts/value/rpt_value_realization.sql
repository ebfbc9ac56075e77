-- Every account that pays on as_of_date, with or without a success plan.
-- A company that records no objectives has not said that its accounts have no plan.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

account_value as (
    select * from {{ ref('int_account_value') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

company as (
    select case when count(*) > 0 then 0 end as no_objectives
    from account_value
),

measured as (
    select
        customers.account_id,
        account_names.account_name,
        account_tiers.touch_tier,
        run_context.reporting_currency,
        coalesce(account_value.objectives, company.no_objectives) > 0 as has_success_plan,
        coalesce(account_value.objectives, company.no_objectives) as objectives,
        coalesce(account_value.achieved, company.no_objectives) as achieved,
        coalesce(account_value.due, company.no_objectives) as due,
        coalesce(account_value.due_achieved, company.no_objectives) as due_achieved,
        coalesce(account_value.due_in_force, company.no_objectives) as due_in_force,
        account_value.planned_value,
        account_value.value_amount,
        account_value.validated_value,
        12 * customers.mrr as cost
    from customers
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
    cross join company
    left join account_tiers
        on customers.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    left join account_value
        on customers.account_id = account_value.account_id
    left join account_names
        on customers.account_id = account_names.account_id
),

final as (
    select
        measured.account_id,
        measured.account_name,
        measured.touch_tier,
        measured.has_success_plan,
        measured.objectives,
        measured.achieved,
        measured.due,
        measured.due_achieved,
        measured.due_in_force,
        cast(measured.planned_value as decimal(18, 2)) as planned_value,
        cast(measured.value_amount as decimal(18, 2)) as value_amount,
        cast(measured.validated_value as decimal(18, 2)) as validated_value,
        cast(measured.cost as decimal(18, 2)) as cost,
        {% for value, roi in [('value_amount', 'roi'), ('validated_value', 'validated_roi')] %}
        case
            when measured.due_in_force > 0
                then (cast(measured.{{ value }} as double) - cast(measured.cost as double))
                    / cast(measured.cost as double)
        end as {{ roi }},
        {% endfor %}
        measured.reporting_currency
    from measured
)

select * from final
