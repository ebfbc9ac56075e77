-- The model and two baselines. One carries the last MRR forward, the other continues the last twelve months' retention.
with

forecasts as (
    select * from {{ ref('int_mrr_forecasts') }}
),

retention as (
    select * from {{ ref('int_retention_measured') }}
),

last_years as (
    select
        retention.end_month,
        retention.segment as touch_tier,
        retention.nrr
    from retention
    where retention.window_months = 12
        and retention.segment_type in ('all', 'touch_tier')
        and retention.starting_accounts > 0
),

methods as (
    select
        forecasts.*,
        'model' as method,
        forecasts.expected_mrr as forecast
    from forecasts
    union all
    select
        forecasts.*,
        'carry_forward' as method,
        forecasts.starting_mrr as forecast
    from forecasts
    union all
    select
        forecasts.*,
        'trailing_rates' as method,
        round(forecasts.starting_mrr * power(last_years.nrr, forecasts.months_ahead / 12), 6) as forecast
    from forecasts
    inner join last_years
        on forecasts.base_month = last_years.end_month
        and forecasts.touch_tier = last_years.touch_tier
),

final as (
    select
        methods.made_on,
        methods.horizon,
        methods.touch_tier,
        methods.method,
        methods.is_today,
        methods.forecast_month,
        methods.forecast,
        methods.actual_mrr as actual,
        methods.actual_mrr - methods.forecast as error,
        abs(methods.actual_mrr - methods.forecast) / nullif(methods.actual_mrr, 0) as ape
    from methods
)

select * from final
