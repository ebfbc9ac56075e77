with

methods as (
    select * from {{ ref('int_forecast_methods') }}
),

bands as (
    select * from {{ ref('int_forecast_bands') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

-- MRR and NRR are the same forecast in other units.
model_bands as (
    select
        bands.*,
        'model' as method
    from bands
    where bands.figure in ('mrr', 'grr')
),

compared as (
    select
        methods.*,
        min(case when methods.method <> 'model' then methods.ape end) over (
            partition by methods.made_on, methods.horizon, methods.touch_tier, methods.figure
        ) as best_baseline_ape,
        row_number() over (
            partition by methods.horizon, methods.touch_tier, methods.method, methods.figure
            order by methods.made_on
        ) as origins_until_then
    from methods
    where methods.actual is not null
),

banded as (
    select
        compared.*,
        case when compared.figure = 'mrr' then 1 else nullif(compared.starting_mrr, 0) end as in_unit,
        model_bands.p10,
        model_bands.p90
    from compared
    left join model_bands
        on compared.made_on = model_bands.made_on
        and compared.horizon = model_bands.horizon
        and compared.touch_tier = model_bands.touch_tier
        and compared.method = model_bands.method
        and case when compared.figure = 'grr' then 'grr' else 'mrr' end = model_bands.figure
),

limited as (
    select
        banded.*,
        round(banded.p10 / banded.in_unit, 9) as low,
        round(banded.p90 / banded.in_unit, 9) as high
    from banded
),

final as (
    select
        limited.made_on,
        limited.horizon as horizon_months,
        limited.touch_tier,
        limited.method,
        limited.figure,
        limited.forecast_month,
        case when limited.figure = 'mrr' then 'currency_per_month' else 'fraction' end as unit,
        run_context.reporting_currency,
        limited.forecast,
        limited.actual,
        limited.error,
        limited.ape,
        limited.low as p10,
        limited.high as p90,
        limited.actual between limited.low and limited.high as inside_p10_p90,
        case when limited.method = 'model' then limited.ape < limited.best_baseline_ape end as beats_baselines,
        -- Forecasts a horizon apart share no month.
        cast(1 + floor(cast(limited.origins_until_then - 1 as double) / limited.horizon) as bigint)
            as independent_origins
    from limited
    cross join run_context
)

select * from final
