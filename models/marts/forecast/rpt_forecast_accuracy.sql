with

published as (
    select * from {{ ref('int_forecasts_published') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

renewal_forecast as (
    select * from {{ ref('rpt_renewal_forecast') }}
),

benchmarks as (
    select * from {{ ref('int_benchmarks') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

actuals as (
    select
        'mrr' as figure,
        account_mrr.month as period,
        sum(account_mrr.mrr) as actual
    from account_mrr
    where account_mrr.is_complete_month
    group by account_mrr.month
    union all
    select
        'renewed_arr' as figure,
        renewal_forecast.quarter as period,
        renewal_forecast.actual_arr as actual
    from renewal_forecast
    where renewal_forecast.touch_tier = 'all'
),

compared as (
    select
        published.published_on,
        published.figure,
        published.period,
        published.made_on,
        published.forecast,
        actuals.actual,
        round(cast(actuals.actual as double) / nullif(cast(published.forecast as double), 0), 9) as accuracy,
        round(
            abs(cast(actuals.actual as double) - cast(published.forecast as double))
            / nullif(abs(cast(actuals.actual as double)), 0), 9
        ) as ape
    from published
    left join actuals
        on published.figure = actuals.figure
        and published.period = actuals.period
),

-- The actual may exceed the forecast by as much as it may fall short of it.
final as (
    select
        compared.published_on,
        compared.figure,
        compared.period,
        compared.made_on,
        run_context.reporting_currency,
        {{ to_cents('compared.forecast') }} as forecast,
        {{ to_cents('compared.actual') }} as actual,
        compared.accuracy,
        compared.ape,
        benchmarks.good as target,
        round(2 - benchmarks.good, 9) as target_high,
        compared.accuracy between benchmarks.good and round(2 - benchmarks.good, 9) as is_on_target
    from compared
    cross join run_context
    left join benchmarks
        on benchmarks.figure = 'forecast_accuracy'
)

select * from final
