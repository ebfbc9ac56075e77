-- Late payment, and fewer seats or less MRR than on the trend date. MRR is at constant rates.
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

run_context as (
    select * from {{ ref('int_run_context') }}
),

compared as (
    select
        customers.snapshot_date,
        customers.account_id,
        customers.seats,
        customers.mrr,
        trend_dates.previous_date,
        customers_before.seats as seats_before,
        customers_before.mrr as mrr_before,
        cast(customers_before.mrr - customers.mrr as double) as mrr_lost
    from customers
    inner join trend_dates
        on customers.snapshot_date = trend_dates.snapshot_date
    inner join customers as customers_before
        on trend_dates.previous_date = customers_before.snapshot_date
        and customers.account_id = customers_before.account_id
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
        compared.snapshot_date,
        compared.account_id,
        indicators.indicator,
        'seats fell from ' || {{ number_text('compared.seats_before') }}
        || ' to ' || {{ number_text('compared.seats') }}
        || ' since ' || cast(compared.previous_date as string) as evidence
    from compared
    inner join indicators
        on indicators.indicator = 'seat_reduction'
        and compared.seats_before - compared.seats >= indicators.min_count
    union all
    select
        compared.snapshot_date,
        compared.account_id,
        indicators.indicator,
        'MRR fell ' || {{ number_text('100 * compared.mrr_lost / compared.mrr_before') }} || '% from '
        || run_context.reporting_currency || ' ' || {{ number_text('compared.mrr_before', 2) }} || ' to '
        || {{ number_text('compared.mrr', 2) }} || ' since ' || cast(compared.previous_date as string) as evidence
    from compared
    inner join indicators
        on indicators.indicator = 'mrr_contraction'
        and compared.mrr_lost > 0
        and compared.mrr_lost >= round(indicators.threshold * compared.mrr_before, 9)
    cross join run_context
)

select * from final
