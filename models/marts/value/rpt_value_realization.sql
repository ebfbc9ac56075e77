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

final as (
    select
        customers.account_id,
        account_names.account_name,
        account_tiers.touch_tier,
        coalesce(account_value.objectives, company.no_objectives) > 0 as has_success_plan,
        coalesce(account_value.objectives, company.no_objectives) as objectives,
        coalesce(account_value.achieved, company.no_objectives) as achieved,
        coalesce(account_value.due, company.no_objectives) as due,
        coalesce(account_value.due_achieved, company.no_objectives) as due_achieved,
        cast(account_value.planned_value as decimal(18, 2)) as planned_value,
        cast(account_value.value_amount as decimal(18, 2)) as value_amount,
        cast(account_value.validated_value as decimal(18, 2)) as validated_value,
        cast(12 * customers.mrr as decimal(18, 2)) as cost,
        (cast(account_value.value_amount as double) - 12 * cast(customers.mrr as double))
        / (12 * cast(customers.mrr as double)) as roi
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
)

select * from final
