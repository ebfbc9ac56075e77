-- The error that four fifths of a tier's latest forecasts of that horizon stayed within, by errors known on the day.
-- Errors have no sign, since past growth does not predict the next. Older ones are those of a smaller company.
with

errors as (
    select * from {{ ref('int_forecast_errors') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

errors_known as (
    select
        errors.made_on,
        errors.horizon,
        errors.touch_tier,
        errors.figure,
        earlier.made_on as erred_on,
        earlier.error_share,
        row_number() over (
            partition by errors.made_on, errors.horizon, errors.touch_tier, errors.figure
            order by earlier.made_on desc
        ) as recency
    from errors
    inner join errors as earlier
        on errors.horizon = earlier.horizon
        and errors.touch_tier = earlier.touch_tier
        and errors.figure = earlier.figure
        and errors.base_month >= earlier.forecast_month
    where earlier.error_share is not null
),

ranked as (
    select
        errors_known.made_on,
        errors_known.horizon,
        errors_known.touch_tier,
        errors_known.figure,
        errors_known.error_share,
        settings.band_high - settings.band_low as covered_share,
        row_number() over (
            partition by errors_known.made_on, errors_known.horizon, errors_known.touch_tier, errors_known.figure
            order by errors_known.error_share, errors_known.erred_on
        ) as error_rank,
        count(*) over (
            partition by errors_known.made_on, errors_known.horizon, errors_known.touch_tier, errors_known.figure
        ) as errors_found
    from errors_known
    cross join settings
    where errors_known.recency <= settings.band_errors
),

-- The next error is one more draw, so that of nine errors the rank is that among ten.
placed as (
    select
        ranked.*,
        least(greatest(ranked.covered_share * (ranked.errors_found + 1), 1), ranked.errors_found) as rank_wanted
    from ranked
),

-- The quantile between two ranks is their mean, weighted by distance.
widths as (
    select
        placed.made_on,
        placed.horizon,
        placed.touch_tier,
        placed.figure,
        placed.errors_found,
        round(
            sum(placed.error_share * greatest(1 - abs(placed.error_rank - placed.rank_wanted), 0)), 9
        ) as band_share
    from placed
    cross join settings
    where placed.errors_found >= settings.band_min_errors
    group by placed.made_on, placed.horizon, placed.touch_tier, placed.figure, placed.errors_found
),

final as (
    select
        widths.made_on,
        widths.horizon,
        widths.touch_tier,
        widths.figure,
        widths.errors_found as errors_known,
        widths.band_share,
        round(greatest(errors.forecast - widths.band_share * errors.starting_mrr, 0), 6) as p10,
        round(
            case
                when errors.figure = 'grr'
                    then least(errors.forecast + widths.band_share * errors.starting_mrr, errors.starting_mrr)
                else errors.forecast + widths.band_share * errors.starting_mrr
            end, 6
        ) as p90
    from widths
    inner join errors
        on widths.made_on = errors.made_on
        and widths.horizon = errors.horizon
        and widths.touch_tier = errors.touch_tier
        and widths.figure = errors.figure
)

select * from final
