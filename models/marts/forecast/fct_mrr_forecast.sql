-- p50 is the model's own forecast, so that tiers add up to the whole. An interval has the width of past errors.
with

forecasts as (
    select * from {{ ref('int_mrr_forecasts') }}
),

bands as (
    select * from {{ ref('int_forecast_bands') }}
),

interval_records as (
    select * from {{ ref('int_interval_records') }}
),

methods as (
    select * from {{ ref('int_forecast_methods') }}
),

new_business as (
    select * from {{ ref('int_new_business_expected') }}
),

new_business_rates as (
    select * from {{ ref('int_new_business_rates') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

methods_known as (
    select
        methods.*,
        count(methods.ape) over (partition by methods.made_on, methods.horizon, methods.touch_tier) as known
    from methods
    where methods.figure = 'mrr'
),

-- All methods are measured on the same past forecasts. A tier without customers a year before has no trailing rates.
methods_compared as (
    select
        methods_known.*,
        methods_known.known = max(methods_known.known) over (
            partition by methods_known.horizon, methods_known.touch_tier
        ) as is_common
    from methods_known
),

records as (
    select
        methods_compared.horizon,
        methods_compared.touch_tier,
        avg(case when methods_compared.method = 'model' then methods_compared.ape end) as mape,
        avg(case when methods_compared.method = 'carry_forward' then methods_compared.ape end) as carry_forward_mape,
        avg(case when methods_compared.method = 'trailing_rates' then methods_compared.ape end) as trailing_rates_mape,
        count(case when methods_compared.method = 'model' then methods_compared.ape end) as past_forecasts
    from methods_compared
    where methods_compared.is_common
    group by methods_compared.horizon, methods_compared.touch_tier
),

intervals as (
    select
        bands.made_on,
        bands.horizon,
        bands.touch_tier,
        max(case when bands.figure = 'mrr' then bands.p10 end) as mrr_p10,
        max(case when bands.figure = 'mrr' then bands.p90 end) as mrr_p90,
        max(case when bands.figure = 'new_business' then bands.p10 end) as new_business_p10,
        max(case when bands.figure = 'new_business' then bands.p90 end) as new_business_p90,
        max(case when bands.figure = 'total' then bands.p10 end) as total_p10,
        max(case when bands.figure = 'total' then bands.p90 end) as total_p90
    from bands
    group by bands.made_on, bands.horizon, bands.touch_tier
),

expected as (
    select
        forecasts.*,
        coalesce(new_business.expected_mrr, 0) as new_mrr,
        forecasts.expected_mrr + coalesce(new_business.expected_mrr, 0) as total_mrr,
        coalesce(new_business.is_seasonal, false) as is_seasonal
    from forecasts
    left join new_business
        on forecasts.made_on = new_business.made_on
        and forecasts.horizon = new_business.horizon
        and forecasts.touch_tier = new_business.touch_tier
    where forecasts.is_today
),

final as (
    select
        expected.forecast_month,
        expected.touch_tier,
        expected.made_on,
        expected.horizon,
        run_context.reporting_currency,
        {{ to_cents('expected.starting_mrr') }} as starting_mrr,
        {{ to_cents('intervals.mrr_p10') }} as p10,
        {{ to_cents('expected.expected_mrr') }} as p50,
        {{ to_cents('intervals.mrr_p90') }} as p90,
        case
            when intervals.mrr_p10 is null then 'insufficient_data'
            when coalesce(interval_records.is_tested, false) then 'measured'
            else 'untested'
        end as interval_status,
        coalesce(interval_records.tests, 0) as interval_tests,
        interval_records.coverage as interval_coverage,
        expected.expected_mrr / nullif(expected.starting_mrr, 0) as expected_nrr,
        expected.expected_retained_mrr / nullif(expected.starting_mrr, 0) as expected_grr,
        {{ to_cents('coalesce(new_business_rates.monthly_mrr, 0)') }} as new_business_run_rate,
        case when expected.is_seasonal then 'seasonal_mean' else 'run_rate' end as new_business_method,
        {{ to_cents('intervals.new_business_p10') }} as new_business_p10,
        {{ to_cents('expected.new_mrr') }} as new_business_p50,
        {{ to_cents('intervals.new_business_p90') }} as new_business_p90,
        {{ to_cents('intervals.total_p10') }} as total_p10,
        {{ to_cents('expected.total_mrr') }} as total_p50,
        {{ to_cents('intervals.total_p90') }} as total_p90,
        coalesce(records.past_forecasts, 0) as past_forecasts,
        cast(ceil(cast(coalesce(records.past_forecasts, 0) as double) / expected.horizon) as bigint)
            as independent_origins,
        records.mape,
        records.carry_forward_mape,
        records.trailing_rates_mape,
        records.mape < least(records.carry_forward_mape, records.trailing_rates_mape) as beats_baselines
    from expected
    cross join run_context
    left join intervals
        on expected.made_on = intervals.made_on
        and expected.horizon = intervals.horizon
        and expected.touch_tier = intervals.touch_tier
    left join interval_records
        on expected.horizon = interval_records.horizon
        and expected.touch_tier = interval_records.touch_tier
        and interval_records.figure = 'mrr'
    left join new_business_rates
        on expected.made_on = new_business_rates.made_on
        and expected.touch_tier = new_business_rates.touch_tier
    left join records
        on expected.horizon = records.horizon
        and expected.touch_tier = records.touch_tier
)

select * from final
