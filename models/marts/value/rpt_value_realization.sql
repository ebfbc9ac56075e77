-- Every account that pays on as_of_date, with or without a success plan.
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

final as (
    select
        customers.account_id,
        account_names.account_name,
        account_tiers.touch_tier,
        account_value.account_id is not null as has_success_plan,
        coalesce(account_value.objectives, 0) as objectives,
        coalesce(account_value.achieved, 0) as achieved,
        coalesce(account_value.due, 0) as due,
        coalesce(account_value.due_achieved, 0) as due_achieved,
        cast(account_value.planned_value as decimal(18, 2)) as planned_value,
        cast(account_value.value_amount as decimal(18, 2)) as value_amount,
        cast(account_value.validated_value as decimal(18, 2)) as validated_value,
        cast(12 * customers.mrr as decimal(18, 2)) as cost,
        (cast(account_value.value_amount as double) - 12 * cast(customers.mrr as double))
        / (12 * cast(customers.mrr as double)) as roi
    from customers
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
    left join account_tiers
        on customers.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    left join account_value
        on customers.account_id = account_value.account_id
    left join account_names
        on customers.account_id = account_names.account_id
)

select * from final
