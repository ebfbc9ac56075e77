-- What is left of a day's MRR after so many months: each renewal in between is won at its odds, the months without one
-- lose and grow at the rates of their phase, and who has given notice leaves on the day told.
with

horizons as (
    select * from {{ ref('int_forecast_horizons') }}
),

positions as (
    select * from {{ ref('int_forecast_positions') }}
),

rates as (
    select * from {{ ref('int_forecast_rates') }}
),

probabilities as (
    select * from {{ ref('int_renewal_probabilities') }}
),

counted as (
    select
        positions.*,
        horizons.horizon,
        horizons.months_ahead,
        -- Ends at months_to_end, which is 1 at least, and every term_months after it.
        case
            when positions.position = 'term' and horizons.horizon >= positions.months_to_end
                then 1 + floor(cast(horizons.horizon - positions.months_to_end as double) / positions.term_months)
            else 0
        end as renewals
    from horizons
    inner join positions
        on horizons.made_on = positions.made_on
),

factors as (
    select
        counted.made_on,
        counted.horizon,
        counted.touch_tier,
        cast(counted.mrr as double) as mrr,
        counted.position = 'leaving' as is_leaving,
        case
            when counted.position = 'leaving' then case when counted.horizon < counted.months_to_end then 1 else 0 end
            else case when counted.renewals > 0 then probabilities.calibrated_probability else 1 end
                * power(later_probabilities.calibrated_probability, greatest(counted.renewals - 1, 0))
                * power(1 - rates.churn_rate, greatest(counted.months_ahead - counted.renewals, 0))
        end as kept,
        power(1 - rates.contraction_rate, greatest(counted.months_ahead - counted.renewals, 0))
        * power(1 - renewal_rates.contraction_rate, counted.renewals) as uncut,
        power(1 + rates.expansion_rate - rates.contraction_rate, greatest(counted.months_ahead - counted.renewals, 0))
        * power(1 + renewal_rates.expansion_rate - renewal_rates.contraction_rate, counted.renewals) as grown
    from counted
    inner join rates
        on counted.made_on = rates.made_on
        and counted.touch_tier = rates.touch_tier
        and case when counted.position = 'evergreen' then 'evergreen' else 'between' end = rates.phase
    inner join rates as renewal_rates
        on counted.made_on = renewal_rates.made_on
        and counted.touch_tier = renewal_rates.touch_tier
        and renewal_rates.phase = 'renewal'
    inner join probabilities
        on counted.made_on = probabilities.known_by
        and counted.health_status = probabilities.health_status
        and counted.touch_tier = probabilities.touch_tier
    inner join probabilities as later_probabilities
        on counted.made_on = later_probabilities.known_by
        and counted.touch_tier = later_probabilities.touch_tier
        and later_probabilities.health_status = 'any'
),

final as (
    select
        factors.made_on,
        factors.horizon,
        factors.touch_tier,
        sum(factors.mrr) as starting_mrr,
        round(sum(factors.mrr * factors.kept * case when factors.is_leaving then 1 else factors.grown end), 6) as expected_mrr,
        round(sum(factors.mrr * factors.kept * case when factors.is_leaving then 1 else factors.uncut end), 6) as expected_kept_mrr
    from factors
    group by factors.made_on, factors.horizon, factors.touch_tier
)

select * from final
