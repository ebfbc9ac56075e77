-- The risk of a renewal on the day of each step, by health on the latest Sunday or month-end and requests by that day.
-- A step ahead has the risk as of as_of_date.
with

steps_dated as (
    select * from {{ ref('int_playbook_steps_dated') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

signs as (
    select * from {{ ref('int_indicator_signs') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

risk_levels as (
    select * from {{ ref('policy_risk_levels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

judged as (
    select
        steps_dated.trigger_id,
        steps_dated.step,
        steps_dated.account_id,
        steps_dated.anchor_on,
        least(steps_dated.due_on, run_context.as_of_date) as judged_on,
        steps_dated.due_on > run_context.as_of_date as is_ahead
    from steps_dated
    cross join run_context
    where steps_dated.playbook = 'renewal'
),

looks as (
    select
        judged.trigger_id,
        judged.step,
        max(snapshot_dates.snapshot_date) as snapshot_date
    from judged
    inner join snapshot_dates
        on judged.judged_on >= snapshot_dates.snapshot_date
        and (judged.is_ahead or snapshot_dates.is_sunday or snapshot_dates.is_month_end)
    group by judged.trigger_id, judged.step
),

requests as (
    select distinct
        judged.trigger_id,
        judged.step
    from judged
    inner join signs
        on judged.account_id = signs.account_id
        and signs.indicator = 'cancel_request'
    inner join indicators
        on signs.indicator = indicators.indicator
        and {{ in_window('signs.seen_on', 'judged.judged_on', 'indicators.window_days') }}
    union
    select
        judged.trigger_id,
        judged.step
    from judged
    inner join contract_terms
        on judged.account_id = contract_terms.account_id
        and judged.anchor_on = contract_terms.term_end_on
    inner join subscriptions
        on contract_terms.subscription_id = subscriptions.subscription_id
        and judged.judged_on >= coalesce(subscriptions.canceled_on, subscriptions.ended_on)
),

facts as (
    select
        judged.trigger_id,
        judged.step,
        health_statuses.evidenced_score,
        {{ days_between('judged.judged_on', 'judged.anchor_on') }} as days_ahead,
        requests.trigger_id is not null as has_asked_to_cancel
    from judged
    left join looks
        on judged.trigger_id = looks.trigger_id
        and judged.step = looks.step
    left join health_statuses
        on judged.account_id = health_statuses.account_id
        and looks.snapshot_date = health_statuses.snapshot_date
    left join requests
        on judged.trigger_id = requests.trigger_id
        and judged.step = requests.step
),

final as (
    select
        facts.trigger_id,
        facts.step,
        max_by(risk_levels.risk_level, risk_levels.risk_rank) as risk_level,
        max(risk_levels.risk_rank) > 0 as is_elevated
    from facts
    inner join risk_levels
        on (risk_levels.below_score is null or facts.evidenced_score < risk_levels.below_score)
        and (risk_levels.within_days is null or facts.days_ahead <= risk_levels.within_days)
        and (not risk_levels.on_cancel_request or facts.has_asked_to_cancel)
    group by facts.trigger_id, facts.step
)

select * from final
