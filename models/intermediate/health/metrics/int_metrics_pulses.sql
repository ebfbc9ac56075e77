-- Each metric comes from the latest pulse in its window that states it.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

pulses as (
    select * from {{ ref('stg_crm__pulses') }}
),

metrics as (
    select * from {{ ref('policy_health_metrics') }}
),

pulses_in_windows as (
    select
        customers.snapshot_date,
        customers.account_id,
        metrics.metric,
        max_by(pulses.csm_sentiment, pulses.recorded_at) filter (
            where pulses.csm_sentiment is not null
        ) as csm_sentiment,
        max_by(pulses.executive_engagement, pulses.recorded_at) filter (
            where pulses.executive_engagement is not null
        ) as executive_engagement,
        max_by(pulses.renewal_sentiment, pulses.recorded_at) filter (
            where pulses.renewal_sentiment is not null
        ) as renewal_sentiment
    from customers
    cross join metrics
    inner join pulses
        on customers.account_id = pulses.account_id
        and {{ in_window('cast(pulses.recorded_at as date)', 'customers.snapshot_date', 'metrics.window_days') }}
    where metrics.metric in ('csm_sentiment', 'executive_engagement', 'renewal_sentiment')
    group by customers.snapshot_date, customers.account_id, metrics.metric
),

stated as (
    select
        pulses_in_windows.snapshot_date,
        pulses_in_windows.account_id,
        pulses_in_windows.metric,
        cast(
            case pulses_in_windows.metric
                when 'csm_sentiment' then pulses_in_windows.csm_sentiment
                when 'executive_engagement' then pulses_in_windows.executive_engagement
            end as double
        ) as value,
        case pulses_in_windows.metric
            when 'renewal_sentiment' then pulses_in_windows.renewal_sentiment
        end as value_text
    from pulses_in_windows
),

final as (
    select
        stated.snapshot_date,
        stated.account_id,
        stated.metric,
        stated.value,
        stated.value_text
    from stated
    where stated.value is not null or stated.value_text is not null
)

select * from final
