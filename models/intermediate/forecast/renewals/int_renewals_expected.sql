-- What a renewal is worth on its forecast date: nothing once notice has been given, else its ARR by the odds.
with

events as (
    select * from {{ ref('int_renewal_events') }}
),

judged as (
    select * from {{ ref('int_renewals_judged') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

probabilities as (
    select * from {{ ref('int_renewal_probabilities') }}
),

policy_probabilities as (
    select * from {{ ref('policy_renewal_probabilities') }}
),

-- Before the history nothing was learnt.
likely as (
    select
        judged.*,
        events.account_id,
        events.has_given_notice,
        outcomes.arr_up,
        policy_probabilities.probability as policy_probability,
        coalesce(probabilities.calibrated_probability, policy_probabilities.probability) as calibrated_probability,
        coalesce(probabilities.past_renewals, 0) as past_renewals
    from judged
    inner join events
        on judged.subscription_id = events.subscription_id
        and judged.renewal_on = events.renewal_on
    inner join outcomes
        on judged.subscription_id = outcomes.subscription_id
        and judged.renewal_on = outcomes.renewal_on
    left join policy_probabilities
        on judged.health_status = policy_probabilities.health_status
    left join probabilities
        on judged.forecast_on = probabilities.known_by
        and judged.health_status = probabilities.health_status
        and judged.touch_tier = probabilities.touch_tier
),

final as (
    select
        likely.subscription_id,
        likely.renewal_on,
        likely.account_id,
        likely.forecast_on,
        likely.days_ahead,
        likely.arr_up,
        likely.health_score,
        likely.health_status,
        likely.touch_tier,
        likely.has_given_notice,
        likely.risk_level,
        likely.policy_probability,
        likely.calibrated_probability,
        likely.past_renewals,
        case when likely.has_given_notice then 0 else {{ to_cents('likely.policy_probability * likely.arr_up') }} end as expected_arr_policy,
        case when likely.has_given_notice then 0 else {{ to_cents('likely.calibrated_probability * likely.arr_up') }} end as expected_arr
    from likely
)

select * from final
