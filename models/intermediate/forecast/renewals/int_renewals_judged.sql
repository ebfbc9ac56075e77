-- Health and risk of a renewal on its forecast date. Only a score with enough evidence makes a risk.
-- An account that did not pay then is unscored.
with

events as (
    select * from {{ ref('int_renewal_events') }}
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

risk_levels as (
    select * from {{ ref('policy_risk_levels') }}
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
        events.subscription_id,
        events.renewal_on,
        events.forecast_on,
        health_statuses.health_score,
        health_statuses.evidenced_score,
        coalesce(health_statuses.health_status, 'unscored') as health_status,
        coalesce(health_statuses.touch_tier, touch_tiers.touch_tier, '(none)') as touch_tier,
        {{ days_between('events.forecast_on', 'events.renewal_on') }} as days_ahead,
        cancel_requests.account_id is not null or events.has_given_notice as has_asked_to_cancel
    from events
    left join health_statuses
        on events.forecast_on = health_statuses.snapshot_date
        and events.account_id = health_statuses.account_id
    left join touch_tiers
        on events.forecast_on = touch_tiers.forecast_on
        and events.account_id = touch_tiers.account_id
    left join cancel_requests
        on events.forecast_on = cancel_requests.snapshot_date
        and events.account_id = cancel_requests.account_id
),

final as (
    select
        judged.subscription_id,
        judged.renewal_on,
        judged.forecast_on,
        judged.health_score,
        judged.health_status,
        judged.touch_tier,
        judged.days_ahead,
        judged.has_asked_to_cancel,
        max_by(risk_levels.risk_level, risk_levels.risk_rank) as risk_level
    from judged
    inner join risk_levels
        on (risk_levels.below_score is null or judged.evidenced_score < risk_levels.below_score)
        and (risk_levels.within_days is null or judged.days_ahead <= risk_levels.within_days)
        and (not risk_levels.on_cancel_request or judged.has_asked_to_cancel)
    group by
        judged.subscription_id,
        judged.renewal_on,
        judged.forecast_on,
        judged.health_score,
        judged.health_status,
        judged.touch_tier,
        judged.days_ahead,
        judged.has_asked_to_cancel
)

select * from final
