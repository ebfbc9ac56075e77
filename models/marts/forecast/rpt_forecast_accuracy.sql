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
        greatest(
            1 - abs(published.forecast - cast(actuals.actual as double)) / nullif(cast(actuals.actual as double), 0),
            case when actuals.actual > 0 then cast(0 as double) end
        ) as accuracy
    from published
    left join actuals
        on published.figure = actuals.figure
        and published.period = actuals.period
),

final as (
    select
        compared.published_on,
        compared.figure,
        compared.period,
        compared.made_on,
        {{ to_cents('compared.forecast') }} as forecast,
        {{ to_cents('compared.actual') }} as actual,
        compared.accuracy,
        benchmarks.good as target,
        compared.accuracy >= benchmarks.good as is_on_target
    from compared
    left join benchmarks
        on benchmarks.figure = 'forecast_accuracy'
)

select * from final
