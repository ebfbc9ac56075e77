{#
    The CTEs from horizons and positions to what each position retains, loses and adds by each horizon:
    mrr_factors(['touch_tier', 'mrr']). `carried` are the columns of positions that factors carries.
    It reads CTEs named horizons, positions, rates and probabilities.
#}
{% macro mrr_factors(carried) %}
counted as (
    select
        positions.*,
        horizons.horizon,
        horizons.months_ahead,
        -- The term ends at months_to_end, which is at least 1, and every term_months after it.
        case
            when positions.position = 'term' and horizons.horizon >= positions.months_to_end
                then 1 + floor(cast(horizons.horizon - positions.months_to_end as double) / positions.term_months)
            else 0
        end as renewals,
        case when horizons.horizon >= positions.months_to_signed_end then 1 else 0 end as signed_renewals
    from horizons
    inner join positions
        on horizons.made_on = positions.made_on
),

-- Months without the end of a term. In the first of them only unannounced churn is still to come.
paced as (
    select
        counted.*,
        greatest(counted.months_ahead - counted.renewals - counted.signed_renewals, 0) as months_between
    from counted
),

factors as (
    select
        paced.made_on,
        paced.horizon,
        {% for column in carried %}
        paced.{{ column }},
        {% endfor %}
        paced.position = 'leaving' as is_leaving,
        case
            when paced.position = 'leaving' then case when paced.horizon < paced.months_to_end then 1 else 0 end
            else
                case
                    when paced.renewals = 0 then 1
                    when paced.months_to_end = 1
                        then 1 - rates.unannounced_share * (1 - probabilities.calibrated_probability)
                    else probabilities.calibrated_probability
                end
                * power(later_probabilities.calibrated_probability, greatest(paced.renewals - 1, 0))
                * power(1 - rates.churn_rate, greatest(paced.months_between - (1 - rates.unannounced_share), 0))
        end as retained,
        power(1 - rates.contraction_rate, paced.months_between)
        * power(1 - renewal_rates.contraction_rate, paced.renewals + paced.signed_renewals) as uncut,
        -- Customers add seats by the year, not at compound interest.
        rates.expansion_rate * paced.months_between
        + renewal_rates.expansion_rate * (paced.renewals + paced.signed_renewals) as added
    from paced
    inner join rates
        on paced.made_on = rates.made_on
        and paced.touch_tier = rates.touch_tier
        and case when paced.position = 'evergreen' then 'evergreen' else 'between' end = rates.phase
    inner join rates as renewal_rates
        on paced.made_on = renewal_rates.made_on
        and paced.touch_tier = renewal_rates.touch_tier
        and renewal_rates.phase = 'renewal'
    inner join probabilities
        on paced.made_on = probabilities.known_by
        and paced.health_status = probabilities.health_status
        and paced.touch_tier = probabilities.touch_tier
    inner join probabilities as later_probabilities
        on paced.made_on = later_probabilities.known_by
        and paced.touch_tier = later_probabilities.touch_tier
        and later_probabilities.health_status = 'any'
)
{% endmacro %}
