-- At p50 and at the start, to the cent of rounding per tier; renewals by quarter too.
with

forecasts as (
    select
        'fct_mrr_forecast' as mart,
        cast(forecast_month as string) as place,
        abs(sum(case when touch_tier = 'all' then p50 else -p50 end)) as gap,
        count(*) as tiers
    from {{ ref('fct_mrr_forecast') }}
    group by forecast_month
    union all
    select
        'rpt_forecast_backtest' as mart,
        cast(made_on as string) || ' + ' || cast(horizon_months as string) as place,
        abs(sum(case when touch_tier = 'all' then forecast else -forecast end)) as gap,
        count(*) as tiers
    from {{ ref('rpt_forecast_backtest') }}
    where method in ('model', 'carry_forward')
    group by made_on, horizon_months, method
    union all
    select
        'rpt_renewal_forecast' as mart,
        cast(quarter as string) as place,
        abs(sum(case when touch_tier = 'all' then forecast_calibrated else -forecast_calibrated end))
        + abs(sum(case when touch_tier = 'all' then arr_up else -arr_up end)) as gap,
        count(*) as tiers
    from {{ ref('rpt_renewal_forecast') }}
    group by quarter
)

select *
from forecasts
where gap > 0.01 * tiers
