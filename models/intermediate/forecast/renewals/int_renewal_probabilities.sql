-- Past renewals of a status and tier, decided by the date and without notice, move the policy's probability.
-- unscored learns from all renewals of the tier, since the health of such an account says nothing.
-- So does any, weighted by ARR, for renewals that are too far off for today's health.
with

events as (
    select * from {{ ref('int_renewal_events') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

judged as (
    select * from {{ ref('int_renewals_judged') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

policy_probabilities as (
    select * from {{ ref('policy_renewal_probabilities') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

tiers as (
    select distinct health_statuses.touch_tier from health_statuses
    union
    select '(none)' as touch_tier
),

forecast_dates as (
    select snapshot_dates.snapshot_date as known_by
    from snapshot_dates
    where snapshot_dates.month is not null
),

decided as (
    select
        judged.health_status,
        judged.touch_tier,
        events.outcome_on,
        outcomes.arr_up,
        outcomes.outcome = 'renewed' as is_renewed
    from events
    inner join outcomes
        on events.subscription_id = outcomes.subscription_id
        and events.renewal_on = outcomes.renewal_on
    inner join judged
        on events.subscription_id = judged.subscription_id
        and events.renewal_on = judged.renewal_on
    where events.is_decided
        and not events.has_given_notice
),

policy_by_status as (
    select
        policy_probabilities.health_status,
        policy_probabilities.probability
    from policy_probabilities
    union all
    select
        'any' as health_status,
        policy_probabilities.probability
    from policy_probabilities
    where policy_probabilities.health_status = 'unscored'
),

learnt as (
    select
        forecast_dates.known_by,
        policy_by_status.health_status,
        decided.touch_tier,
        count(*) as past_renewals,
        case
            when policy_by_status.health_status = 'any' and sum(decided.arr_up) > 0
                then count(*)
                    * cast(sum(case when decided.is_renewed then decided.arr_up else 0 end) as double)
                    / cast(sum(decided.arr_up) as double)
            else count_if(decided.is_renewed)
        end as past_renewed
    from forecast_dates
    inner join decided
        on forecast_dates.known_by >= decided.outcome_on
    inner join policy_by_status
        on policy_by_status.health_status in (decided.health_status, 'unscored', 'any')
    group by forecast_dates.known_by, policy_by_status.health_status, decided.touch_tier
),

final as (
    select
        forecast_dates.known_by,
        policy_by_status.health_status,
        tiers.touch_tier,
        policy_by_status.probability as policy_probability,
        coalesce(learnt.past_renewals, 0) as past_renewals,
        (coalesce(learnt.past_renewed, 0) + settings.prior_events * policy_by_status.probability)
        / (coalesce(learnt.past_renewals, 0) + settings.prior_events) as calibrated_probability
    from forecast_dates
    cross join policy_by_status
    cross join tiers
    cross join settings
    left join learnt
        on forecast_dates.known_by = learnt.known_by
        and policy_by_status.health_status = learnt.health_status
        and tiers.touch_tier = learnt.touch_tier
)

select * from final
