-- Secured is renewed or signed, lost is ended or under notice, and the rest is open. Once decided, ARR that did not
-- renew is lost. Health, tier and probability are those of the day on which the renewal is judged.
with

renewals as (
    select * from {{ ref('int_renewals_by_snapshot') }}
),

continued as (
    select * from {{ ref('int_renewals_continued') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

touch_tiers as (
    select * from {{ ref('int_renewal_touch_tiers') }}
),

indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

probabilities as (
    select * from {{ ref('int_renewal_probabilities') }}
),

policy_probabilities as (
    select * from {{ ref('policy_renewal_probabilities') }}
),

cancel_requests as (
    select distinct
        indicators.snapshot_date,
        indicators.account_id
    from indicators
    where indicators.indicator = 'cancel_request'
),

judged as (
    select
        renewals.*,
        coalesce(health_statuses.health_status, 'unscored') as health_status,
        coalesce(health_statuses.touch_tier, touch_tiers.touch_tier, '(none)') as touch_tier,
        cancel_requests.account_id is not null as has_asked_to_cancel,
        continued.had_given_notice,
        outcomes.renewed_arr,
        case
            when renewals.is_decided and outcomes.outcome = 'renewed' then 'secured'
            when renewals.is_decided then 'lost'
            when continued.has_ended and continued.has_party_in_service then 'secured'
            when continued.has_ended then 'lost'
            when continued.has_given_notice and not (continued.is_signed and continued.leaves_later) then 'lost'
            when continued.is_signed then 'secured'
            else 'open'
        end as current_outlook
    from renewals
    inner join continued
        on renewals.snapshot_date = continued.snapshot_date
        and renewals.subscription_id = continued.subscription_id
        and renewals.renewal_on = continued.renewal_on
    left join outcomes
        on renewals.subscription_id = outcomes.subscription_id
        and renewals.renewal_on = outcomes.renewal_on
    left join health_statuses
        on renewals.forecast_on = health_statuses.snapshot_date
        and renewals.account_id = health_statuses.account_id
    left join touch_tiers
        on renewals.forecast_on = touch_tiers.forecast_on
        and renewals.account_id = touch_tiers.account_id
    left join cancel_requests
        on renewals.forecast_on = cancel_requests.snapshot_date
        and renewals.account_id = cancel_requests.account_id
),

priced as (
    select
        judged.*,
        -- Before the history only the policy counts.
        coalesce(probabilities.calibrated_probability, policy_probabilities.probability) as probability
    from judged
    left join policy_probabilities
        on judged.health_status = policy_probabilities.health_status
    left join probabilities
        on judged.forecast_on = probabilities.known_by
        and judged.health_status = probabilities.health_status
        and judged.touch_tier = probabilities.touch_tier
),

final as (
    select
        priced.snapshot_date,
        priced.subscription_id,
        priced.renewal_on,
        priced.account_id,
        priced.touch_tier,
        priced.arr_up,
        case when priced.had_given_notice then 0 else {{ to_cents('priced.probability * priced.arr_up') }} end
            as expected_arr,
        priced.current_outlook,
        case
            when priced.is_decided then priced.renewed_arr
            when priced.current_outlook = 'secured' then priced.arr_up
            else 0
        end as secured_arr,
        case
            when priced.is_decided then priced.arr_up - priced.renewed_arr
            when priced.current_outlook = 'lost' then priced.arr_up
            else 0
        end as lost_arr,
        case when priced.current_outlook = 'open' then priced.arr_up else 0 end as open_arr,
        case
            when priced.current_outlook = 'open' then {{ to_cents('priced.probability * priced.arr_up') }}
            else 0
        end as expected_open_arr,
        priced.current_outlook = 'open'
        and (priced.has_asked_to_cancel or {{ is_at_risk('priced.health_status') }}) as is_at_risk
    from priced
)

select * from final
