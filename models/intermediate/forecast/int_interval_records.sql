-- How often past intervals held the actual value.
with

errors as (
    select * from {{ ref('int_forecast_errors') }}
),

bands as (
    select * from {{ ref('int_forecast_bands') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

tested as (
    select
        errors.horizon,
        errors.touch_tier,
        errors.figure,
        count(*) as tests,
        avg(case when errors.actual between bands.p10 and bands.p90 then cast(1 as double) else 0 end) as coverage
    from errors
    inner join bands
        on errors.made_on = bands.made_on
        and errors.horizon = bands.horizon
        and errors.touch_tier = bands.touch_tier
        and errors.figure = bands.figure
    where errors.actual is not null
    group by errors.horizon, errors.touch_tier, errors.figure
),

final as (
    select
        tested.horizon,
        tested.touch_tier,
        tested.figure,
        tested.tests,
        tested.coverage,
        tested.tests >= settings.band_min_tests as is_tested
    from tested
    cross join settings
)

select * from final
