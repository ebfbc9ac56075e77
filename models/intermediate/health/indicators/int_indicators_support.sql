-- More tickets than in the window before. Both counts get one more, so that an account's first tickets can be a spike.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

tickets_counted as (
    select
        customers.snapshot_date,
        customers.account_id,
        indicators.indicator,
        indicators.threshold,
        indicators.min_count,
        indicators.window_days,
        cast(count_if({{ in_window(
            'cast(tickets.created_at as date)', 'customers.snapshot_date', 'indicators.window_days'
        ) }}) as double) as tickets_now,
        cast(count(*) as double) as tickets_now_and_before
    from customers
    inner join indicators
        on indicators.indicator = 'ticket_spike'
    inner join tickets
        on customers.account_id = tickets.account_id
        and {{ in_window('cast(tickets.created_at as date)', 'customers.snapshot_date', '2 * indicators.window_days') }}
    group by
        customers.snapshot_date, customers.account_id,
        indicators.indicator, indicators.threshold, indicators.min_count, indicators.window_days
),

tickets_compared as (
    select
        tickets_counted.*,
        tickets_counted.tickets_now_and_before - tickets_counted.tickets_now as tickets_before
    from tickets_counted
),

final as (
    select
        tickets_compared.snapshot_date,
        tickets_compared.account_id,
        tickets_compared.indicator,
        {{ number_text('tickets_compared.tickets_now') }} || ' tickets in '
        || {{ number_text('tickets_compared.window_days') }} || ' days, '
        || {{ number_text('tickets_compared.tickets_before') }} || ' in the previous '
        || {{ number_text('tickets_compared.window_days') }} as evidence
    from tickets_compared
    where tickets_compared.tickets_now >= tickets_compared.min_count
        and (tickets_compared.tickets_now + 1) / (tickets_compared.tickets_before + 1) >= tickets_compared.threshold
)

select * from final
