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
        retention.grr,
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
        forecasts.expected_mrr as mrr_forecast,
        forecasts.expected_retained_mrr as retained_forecast
    from forecasts
    union all
    select
        forecasts.*,
        'carry_forward' as method,
        forecasts.starting_mrr as mrr_forecast,
        forecasts.starting_mrr as retained_forecast
    from forecasts
    union all
    select
        forecasts.*,
        'trailing_rates' as method,
        round(forecasts.starting_mrr * power(last_years.nrr, forecasts.months_ahead / 12), 6) as mrr_forecast,
        round(forecasts.starting_mrr * power(last_years.grr, forecasts.months_ahead / 12), 6) as retained_forecast
    from forecasts
    inner join last_years
        on forecasts.base_month = last_years.end_month
        and forecasts.touch_tier = last_years.touch_tier
),

figures as (
    {% for figure, forecast, actual, base in [
        ('mrr', 'mrr_forecast', 'actual_mrr', '1'),
        ('nrr', 'mrr_forecast', 'actual_mrr', 'nullif(methods.starting_mrr, 0)'),
        ('grr', 'retained_forecast', 'actual_retained_mrr', 'nullif(methods.starting_mrr, 0)'),
    ] %}
    select
        methods.made_on,
        methods.horizon,
        methods.touch_tier,
        methods.method,
        '{{ figure }}' as figure,
        methods.is_today,
        methods.forecast_month,
        methods.starting_mrr,
        round(methods.{{ forecast }} / {{ base }}, 9) as forecast,
        round(methods.{{ actual }} / {{ base }}, 9) as actual
    from methods
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        figures.made_on,
        figures.horizon,
        figures.touch_tier,
        figures.method,
        figures.figure,
        figures.is_today,
        figures.forecast_month,
        figures.starting_mrr,
        figures.forecast,
        figures.actual,
        round(figures.actual - figures.forecast, 9) as error,
        round(abs(figures.actual - figures.forecast) / nullif(figures.actual, 0), 9) as ape
    from figures
)

select * from final
