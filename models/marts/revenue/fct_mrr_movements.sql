with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

mrr_drivers as (
    select * from {{ ref('int_mrr_drivers') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

monthly_drivers as (
    select
        mrr_drivers.account_id,
        mrr_drivers.end_month as month,
        account_mrr.movement_type,
        case
            when account_mrr.movement_type = 'new' and account_mrr.is_opening_account then 'opening'
            when account_mrr.movement_type = 'new' then 'start'
            else mrr_drivers.driver
        end as driver,
        mrr_drivers.product_id,
        mrr_drivers.amount
    from mrr_drivers
    inner join account_mrr
        on mrr_drivers.account_id = account_mrr.account_id
        and mrr_drivers.end_month = account_mrr.month
    where mrr_drivers.window_months = 1
        and account_mrr.movement_type is not null
),

final as (
    select
        monthly_drivers.account_id,
        account_names.account_name,
        monthly_drivers.month,
        monthly_drivers.movement_type,
        monthly_drivers.driver,
        monthly_drivers.product_id,
        cast(sum(monthly_drivers.amount) as decimal(18, 2)) as amount,
        run_context.reporting_currency
    from monthly_drivers
    cross join run_context
    left join account_names
        on monthly_drivers.account_id = account_names.account_id
    group by
        monthly_drivers.account_id,
        account_names.account_name,
        monthly_drivers.month,
        monthly_drivers.movement_type,
        monthly_drivers.driver,
        monthly_drivers.product_id,
        run_context.reporting_currency
    having sum(monthly_drivers.amount) <> 0
)

select * from final
