-- Expected MRR of a day's customers after each horizon. A renewal is won with its probability. Months without one lose
-- and grow at the rates of their phase. A subscription with notice leaves on its stated day. What the account wins
-- back by the horizon is expansion to MRR, but no loss to GRR.
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

lasting_contraction as (
    select * from {{ ref('int_lasting_contraction') }}
),

{{ mrr_factors(['touch_tier', 'mrr']) }},

final as (
    select
        factors.made_on,
        factors.horizon,
        factors.touch_tier,
        cast(sum(factors.mrr) as double) as starting_mrr,
        round(
            sum(
                cast(factors.mrr as double)
                * factors.retained
                * case when factors.is_leaving then 1 else factors.uncut + factors.added end
            ),
            6
        ) as expected_mrr,
        round(
            sum(
                cast(factors.mrr as double) * factors.retained * case
                    when factors.is_leaving then 1
                    else least(
                            1 - (1 - factors.uncut) * lasting_contraction.lasting_share, factors.uncut + factors.added
                        )
                end
            ),
            6
        ) as expected_retained_mrr
    from factors
    inner join lasting_contraction
        on factors.made_on = lasting_contraction.made_on
        and factors.horizon = lasting_contraction.horizon
        and factors.touch_tier = lasting_contraction.touch_tier
    group by factors.made_on, factors.horizon, factors.touch_tier
)

select * from final
