-- Every expansion signal open on a date: usage, success, NPS answers of healthy accounts, reported signals and
-- anniversaries.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

usage_signals as (
    select * from {{ ref('int_usage_expansion_signals') }}
),

success_signals as (
    select * from {{ ref('int_expansion_signals_of_success') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

signs as (
    select * from {{ ref('int_indicator_signs') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

expansion_signals as (
    select * from {{ ref('policy_expansion_signals') }}
),

reported_signals as (
    select
        customers.snapshot_date,
        customers.account_id,
        expansion_signals.signal,
        max(signs.seen_on) as seen_on
    from customers
    inner join signs
        on customers.account_id = signs.account_id
    inner join expansion_signals
        on signs.indicator = expansion_signals.signal
        and {{ in_window('signs.seen_on', 'customers.snapshot_date', 'expansion_signals.window_days') }}
    group by customers.snapshot_date, customers.account_id, expansion_signals.signal
),

-- The latest anniversary falls into the date's year, or into the one before.
years_back as (
    select 0 as years
    union all
    select 1 as years
),

anniversaries as (
    select
        customers.snapshot_date,
        customers.account_id,
        cast(
            customer_starts.customer_since + (
                extract(year from customers.snapshot_date)
                - extract(year from customer_starts.customer_since) - years_back.years
            ) * interval '1' year as date
        ) as anniversary_on,
        customer_starts.customer_since
    from customers
    inner join customer_starts
        on customers.account_id = customer_starts.account_id
    cross join years_back
),

signals as (
    select
        usage_signals.snapshot_date,
        usage_signals.account_id,
        usage_signals.signal,
        usage_signals.evidence
    from usage_signals
    union all
    select
        success_signals.snapshot_date,
        success_signals.account_id,
        success_signals.signal,
        success_signals.evidence
    from success_signals
    union all
    select
        metrics.snapshot_date,
        metrics.account_id,
        expansion_signals.signal,
        'mean NPS answer ' || {{ number_text('metrics.value', 1) }} as evidence
    from metrics
    inner join expansion_signals
        on expansion_signals.signal = 'nps_promoter'
        and metrics.value >= expansion_signals.threshold
    inner join health_statuses
        on metrics.snapshot_date = health_statuses.snapshot_date
        and metrics.account_id = health_statuses.account_id
    where metrics.metric = 'nps_mean'
        and health_statuses.health_status = 'healthy'
    union all
    select
        reported_signals.snapshot_date,
        reported_signals.account_id,
        reported_signals.signal,
        replace(reported_signals.signal, '_', ' ') || ' on ' || cast(reported_signals.seen_on as string) as evidence
    from reported_signals
    union all
    select
        anniversaries.snapshot_date,
        anniversaries.account_id,
        expansion_signals.signal,
        'contract anniversary on ' || cast(anniversaries.anniversary_on as string) as evidence
    from anniversaries
    inner join expansion_signals
        on expansion_signals.signal = 'contract_anniversary'
        and {{ in_window(
            'anniversaries.anniversary_on', 'anniversaries.snapshot_date', 'expansion_signals.window_days'
        ) }}
    where anniversaries.anniversary_on > anniversaries.customer_since
),

final as (
    select
        signals.snapshot_date,
        signals.account_id,
        signals.signal,
        signals.evidence,
        expansion_signals.is_strong,
        row_number() over (
            partition by signals.snapshot_date, signals.account_id
            order by expansion_signals.is_strong desc, signals.signal asc
        ) as signal_number
    from signals
    inner join expansion_signals
        on signals.signal = expansion_signals.signal
)

select * from final
