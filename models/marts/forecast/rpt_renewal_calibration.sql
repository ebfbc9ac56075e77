-- Of renewals forecast at 90 %, nine in ten should be renewed.
with

renewals as (
    select * from {{ ref('int_renewals_calibrated') }}
),

bands as (
    select * from {{ ref('policy_probability_bands') }}
),

cuts as (
    select * from {{ ref('policy_touch_score_cuts') }}
),

reported_tiers as (
    select 'all' as touch_tier
    union
    select cuts.tier as touch_tier from cuts
    union
    select renewals.touch_tier from renewals
),

reported_bands as (
    select
        bands.probability_band,
        bands.min_probability
    from bands
    union all
    select
        'all' as probability_band,
        cast(null as double) as min_probability
),

squared as (
    select
        renewals.*,
        case when renewals.is_renewed then 1 else 0 end as outcome
    from renewals
),

final as (
    select
        reported_bands.probability_band,
        reported_tiers.touch_tier,
        reported_bands.min_probability,
        cast(count(squared.subscription_id) as bigint) as renewals,
        cast(coalesce(sum(squared.outcome), 0) as bigint) as renewed,
        round(avg(squared.calibrated_probability), 9) as forecast_rate,
        round(avg(squared.outcome), 9) as actual_rate,
        round(avg(power(squared.calibrated_probability - squared.outcome, 2)), 9) as brier_score,
        round(avg(power(squared.base_rate - squared.outcome, 2)), 9) as base_brier_score,
        round(avg(power(squared.policy_probability - squared.outcome, 2)), 9) as policy_brier_score
    from reported_bands
    cross join reported_tiers
    left join squared
        on reported_bands.probability_band in (squared.probability_band, 'all')
        and reported_tiers.touch_tier in (squared.touch_tier, 'all')
    group by reported_bands.probability_band, reported_bands.min_probability, reported_tiers.touch_tier
)

select * from final
