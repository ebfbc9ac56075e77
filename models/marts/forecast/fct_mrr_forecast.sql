-- p50 is the model's own forecast, so that tiers add up to the whole. The interval has the width of past errors.
with

forecasts as (
    select * from {{ ref('int_mrr_forecasts') }}
),

bands as (
    select * from {{ ref('int_forecast_bands') }}
),

methods as (
    select * from {{ ref('int_forecast_methods') }}
),

new_business as (
    select * from {{ ref('int_new_business_rates') }}
),

-- All methods are measured on the same past forecasts.
records as (
    select
        methods.horizon,
        methods.touch_tier,
        avg(case when methods.method = 'model' then methods.ape end) as mape,
        avg(case when methods.method = 'carry_forward' then methods.ape end) as carry_forward_mape,
        avg(case when methods.method = 'trailing_rates' then methods.ape end) as trailing_rates_mape,
        count(case when methods.method = 'model' then methods.ape end) as past_forecasts
    from methods
    group by methods.horizon, methods.touch_tier
),

final as (
    select
        forecasts.forecast_month,
        forecasts.touch_tier,
        forecasts.made_on,
        forecasts.horizon,
        {{ to_cents('forecasts.starting_mrr') }} as starting_mrr,
        {{ to_cents('forecasts.expected_mrr * (1 - bands.band_rate)') }} as p10,
        {{ to_cents('forecasts.expected_mrr') }} as p50,
        {{ to_cents('forecasts.expected_mrr * (1 + bands.band_rate)') }} as p90,
        case when bands.band_rate is null then 'insufficient_data' else 'measured' end as interval_status,
        forecasts.expected_mrr / nullif(forecasts.starting_mrr, 0) as expected_nrr,
        forecasts.expected_retained_mrr / nullif(forecasts.starting_mrr, 0) as expected_grr,
        {{ to_cents('coalesce(new_business.monthly_mrr, 0)') }} as new_business_run_rate,
        {{ to_cents('coalesce(new_business.monthly_mrr, 0) * forecasts.months_ahead') }} as new_business_mrr,
        coalesce(records.past_forecasts, 0) as past_forecasts,
        records.mape,
        records.carry_forward_mape,
        records.trailing_rates_mape,
        records.mape < least(records.carry_forward_mape, records.trailing_rates_mape) as beats_baselines
    from forecasts
    left join bands
        on forecasts.made_on = bands.made_on
        and forecasts.horizon = bands.horizon
        and forecasts.touch_tier = bands.touch_tier
    left join new_business
        on forecasts.touch_tier = new_business.touch_tier
    left join records
        on forecasts.horizon = records.horizon
        and forecasts.touch_tier = records.touch_tier
    where forecasts.is_today
)

select * from final
