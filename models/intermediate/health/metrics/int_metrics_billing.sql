with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

days_past_due as (
    select * from {{ ref('int_days_past_due') }}
),

measured as (
    select
        customers.snapshot_date,
        customers.account_id,
        12 * customers.mrr as contract_value,
        days_past_due.days_past_due as payment_status
    from customers
    left join days_past_due
        on customers.account_id = days_past_due.account_id
        and customers.snapshot_date = days_past_due.snapshot_date
),

final as (
    {{ metric_rows('measured', ['contract_value', 'payment_status']) }}
)

select * from final
