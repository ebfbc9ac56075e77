-- The error that four fifths of earlier forecasts of that horizon stayed within, by errors known on the day.
-- Errors are pooled in units of each tier's usual error, without signs: past growth does not predict the next.
with

forecasts as (
    select * from {{ ref('int_mrr_forecasts') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

errors_known as (
    select
        forecasts.made_on,
        forecasts.horizon,
        earlier.made_on as erred_on,
        earlier.touch_tier,
        abs(earlier.relative_error) as error_size,
        avg(abs(earlier.relative_error)) over (partition by forecasts.made_on, forecasts.horizon) as usual_error
    from forecasts
    inner join forecasts as earlier
        on forecasts.horizon = earlier.horizon
        and forecasts.base_month >= earlier.forecast_month
    where forecasts.touch_tier = 'all'
        and earlier.relative_error is not null
),

-- A tier without errors gets the usual error of the others.
tier_scales as (
    select
        errors_known.made_on,
        errors_known.touch_tier,
        coalesce(nullif(avg(errors_known.error_size / nullif(errors_known.usual_error, 0)), 0), 1) as tier_scale
    from errors_known
    group by errors_known.made_on, errors_known.touch_tier
),

ranked as (
    select
        errors_known.made_on,
        errors_known.horizon,
        errors_known.error_size / tier_scales.tier_scale as scaled_error,
        row_number() over (
            partition by errors_known.made_on, errors_known.horizon
            order by errors_known.error_size / tier_scales.tier_scale
        ) as error_rank,
        count(*) over (partition by errors_known.made_on, errors_known.horizon) as errors_found
    from errors_known
    inner join tier_scales
        on errors_known.made_on = tier_scales.made_on
        and errors_known.touch_tier = tier_scales.touch_tier
),

-- The quantile between two ranks is their mean, weighted by distance.
widths as (
    select
        ranked.made_on,
        ranked.horizon,
        ranked.errors_found,
        sum(
            ranked.scaled_error * greatest(
                1 - abs(ranked.error_rank - 1 - (settings.band_high - settings.band_low) * (ranked.errors_found - 1)), 0
            )
        ) as scaled_width
    from ranked
    cross join settings
    where ranked.errors_found >= settings.band_min_errors
    group by ranked.made_on, ranked.horizon, ranked.errors_found
),

final as (
    select
        forecasts.made_on,
        forecasts.horizon,
        forecasts.touch_tier,
        widths.errors_found as errors_known,
        round(least(widths.scaled_width * coalesce(tier_scales.tier_scale, 1), 1), 9) as band_rate
    from forecasts
    inner join widths
        on forecasts.made_on = widths.made_on
        and forecasts.horizon = widths.horizon
    left join tier_scales
        on forecasts.made_on = tier_scales.made_on
        and forecasts.touch_tier = tier_scales.touch_tier
)

select * from final
