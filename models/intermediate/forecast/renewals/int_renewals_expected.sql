-- The expected ARR of a renewal is 0 once notice was given, otherwise its ARR times its probability.
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

-- Before the history only the policy counts.
renewals as (
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
        renewals.subscription_id,
        renewals.renewal_on,
        renewals.account_id,
        renewals.forecast_on,
        renewals.days_ahead,
        renewals.arr_up,
        renewals.health_score,
        renewals.health_status,
        renewals.touch_tier,
        renewals.has_given_notice,
        renewals.risk_level,
        renewals.policy_probability,
        renewals.calibrated_probability,
        renewals.past_renewals,
        case
            when renewals.has_given_notice then 0
            else {{ to_cents('renewals.policy_probability * renewals.arr_up') }}
        end as expected_arr_policy,
        case
            when renewals.has_given_notice then 0
            else {{ to_cents('renewals.calibrated_probability * renewals.arr_up') }}
        end as expected_arr
    from renewals
)

select * from final
