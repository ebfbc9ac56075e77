with

methods as (
    select * from {{ ref('int_forecast_methods') }}
),

bands as (
    select * from {{ ref('int_forecast_bands') }}
),

model_bands as (
    select
        bands.*,
        'model' as method
    from bands
),

compared as (
    select
        methods.*,
        min(case when methods.method <> 'model' then methods.ape end) over (
            partition by methods.made_on, methods.horizon, methods.touch_tier
        ) as best_baseline_ape
    from methods
    where methods.actual is not null
),

banded as (
    select
        compared.*,
        compared.forecast * (1 - model_bands.band_rate) as p10,
        compared.forecast * (1 + model_bands.band_rate) as p90
    from compared
    left join model_bands
        on compared.made_on = model_bands.made_on
        and compared.horizon = model_bands.horizon
        and compared.touch_tier = model_bands.touch_tier
        and compared.method = model_bands.method
),

final as (
    select
        banded.made_on,
        banded.horizon as horizon_months,
        banded.touch_tier,
        banded.method,
        banded.forecast_month,
        {{ to_cents('banded.forecast') }} as forecast,
        {{ to_cents('banded.actual') }} as actual,
        {{ to_cents('banded.error') }} as error,
        banded.ape,
        {{ to_cents('banded.p10') }} as p10,
        {{ to_cents('banded.p90') }} as p90,
        banded.actual between banded.p10 and banded.p90 as inside_p10_p90,
        case when banded.method = 'model' then banded.ape < banded.best_baseline_ape end as beats_baselines
    from banded
)

select * from final
