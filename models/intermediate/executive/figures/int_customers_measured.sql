-- The customers on each measured date, in their tiers of that day.
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

final as (
    select
        measured_dates.measured_on,
        customers.account_id,
        account_tiers.touch_tier,
        account_tiers.investment_tier,
        customers.mrr,
        customer_starts.customer_since
    from measured_dates
    inner join customers
        on measured_dates.measured_on = customers.snapshot_date
    inner join customer_starts
        on customers.account_id = customer_starts.account_id
    left join account_tiers
        on customers.account_id = account_tiers.account_id
        and measured_dates.month = account_tiers.month
)

select * from final
