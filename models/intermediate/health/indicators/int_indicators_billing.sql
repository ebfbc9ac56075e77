-- Late payment, and fewer seats than on the trend date.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

trend_dates as (
    select * from {{ ref('int_health_trend_dates') }}
),

days_past_due as (
    select * from {{ ref('int_days_past_due') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

final as (
    select
        days_past_due.snapshot_date,
        days_past_due.account_id,
        indicators.indicator,
        'oldest unpaid invoice is ' || {{ number_text('days_past_due.days_past_due') }} || ' days past due' as evidence
    from days_past_due
    inner join indicators
        on indicators.indicator = 'payment_late'
        and days_past_due.days_past_due > indicators.threshold
    union all
    select
        customers.snapshot_date,
        customers.account_id,
        indicators.indicator,
        'seats fell from ' || {{ number_text('customers_before.seats') }}
        || ' to ' || {{ number_text('customers.seats') }}
        || ' since ' || cast(trend_dates.previous_date as string) as evidence
    from customers
    inner join trend_dates
        on customers.snapshot_date = trend_dates.snapshot_date
    inner join customers as customers_before
        on trend_dates.previous_date = customers_before.snapshot_date
        and customers.account_id = customers_before.account_id
    inner join indicators
        on indicators.indicator = 'seat_reduction'
        and customers_before.seats - customers.seats >= indicators.min_count
)

select * from final
