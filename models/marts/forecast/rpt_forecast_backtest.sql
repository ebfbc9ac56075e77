with

methods as (
    select * from {{ ref('int_forecast_methods') }}
),

bands as (
    select * from {{ ref('int_forecast_bands') }}
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
        compared.forecast * (1 - bands.band_rate) as p10,
        compared.forecast * (1 + bands.band_rate) as p90
    from compared
    left join bands
        on compared.made_on = bands.made_on
        and compared.horizon = bands.horizon
        and compared.touch_tier = bands.touch_tier
        and compared.method = 'model'
),

final as (
    select
        banded.made_on,
        banded.horizon as horizon_months,
        banded.touch_tier,
        banded.method,
        banded.forecast_month,
        cast(banded.forecast as decimal(18, 2)) as forecast,
        cast(banded.actual as decimal(18, 2)) as actual,
        cast(banded.error as decimal(18, 2)) as error,
        banded.ape,
        cast(banded.p10 as decimal(18, 2)) as p10,
        cast(banded.p90 as decimal(18, 2)) as p90,
        banded.actual between banded.p10 and banded.p90 as inside_p10_p90,
        case when banded.method = 'model' then banded.ape < banded.best_baseline_ape end as beats_baselines
    from banded
)

select * from final
