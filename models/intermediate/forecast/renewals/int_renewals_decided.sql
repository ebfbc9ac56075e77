-- Renewals with notice teach nothing, since their expected ARR is 0 whatever the probability.
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

forecast_dates as (
    select snapshot_dates.snapshot_date as known_by
    from snapshot_dates
    where snapshot_dates.month is not null
),

tiers as (
    select distinct health_statuses.touch_tier from health_statuses
    union
    select '(none)' as touch_tier
),

decided as (
    select
        judged.health_status,
        judged.touch_tier,
        events.outcome_on,
        cast(outcomes.arr_up as double) as arr_up,
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

counted as (
    select
        forecast_dates.known_by,
        decided.health_status,
        decided.touch_tier,
        count(*) as renewals,
        count_if(decided.is_renewed) as renewed,
        sum(decided.arr_up) as arr_up,
        sum(case when decided.is_renewed then decided.arr_up else 0 end) as arr_renewed,
        sum(decided.arr_up * decided.arr_up) as arr_up_squared
    from forecast_dates
    inner join decided
        on forecast_dates.known_by >= decided.outcome_on
    group by forecast_dates.known_by, decided.health_status, decided.touch_tier
),

final as (
    select
        forecast_dates.known_by,
        policy_probabilities.health_status,
        tiers.touch_tier,
        policy_probabilities.probability as policy_probability,
        coalesce(counted.renewals, 0) as renewals,
        coalesce(counted.renewed, 0) as renewed,
        coalesce(counted.arr_up, 0) as arr_up,
        coalesce(counted.arr_renewed, 0) as arr_renewed,
        coalesce(counted.arr_up_squared, 0) as arr_up_squared
    from forecast_dates
    cross join policy_probabilities
    cross join tiers
    left join counted
        on forecast_dates.known_by = counted.known_by
        and policy_probabilities.health_status = counted.health_status
        and tiers.touch_tier = counted.touch_tier
)

select * from final
