-- Decided renewals without notice, each with what was forecast of it and with the tier's share known on that day.
with

renewals as (
    select * from {{ ref('int_renewals_expected') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

tier_rates as (
    select * from {{ ref('int_renewal_tier_rates') }}
),

bands as (
    select * from {{ ref('policy_probability_bands') }}
),

-- Before the history only the policy counts.
final as (
    select
        renewals.subscription_id,
        renewals.renewal_on,
        renewals.touch_tier,
        bands.probability_band,
        renewals.policy_probability,
        renewals.calibrated_probability,
        coalesce(tier_rates.base_rate, renewals.policy_probability) as base_rate,
        outcomes.outcome = 'renewed' as is_renewed
    from renewals
    inner join outcomes
        on renewals.subscription_id = outcomes.subscription_id
        and renewals.renewal_on = outcomes.renewal_on
    inner join bands
        on renewals.calibrated_probability >= bands.min_probability
        and (bands.below_probability is null or renewals.calibrated_probability < bands.below_probability)
    left join tier_rates
        on renewals.forecast_on = tier_rates.known_by
        and renewals.touch_tier = tier_rates.touch_tier
        and tier_rates.health_status = 'unscored'
    where outcomes.outcome <> 'open'
        and not renewals.has_given_notice
)

select * from final
