-- Health with enough evidence is below the thresholds, or the customer asks to cancel. A request opens the playbook on
-- its own day, and keeps it open while it is recent.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

signs as (
    select * from {{ ref('int_indicator_signs') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

requests as (
    select
        leading_indicators.snapshot_date,
        leading_indicators.account_id,
        min(signs.seen_on) as requested_on
    from leading_indicators
    inner join indicators
        on leading_indicators.indicator = indicators.indicator
    inner join signs
        on leading_indicators.account_id = signs.account_id
        and leading_indicators.indicator = signs.indicator
        and {{ in_window('signs.seen_on', 'leading_indicators.snapshot_date', 'indicators.window_days') }}
    where leading_indicators.indicator = 'cancel_request'
    group by leading_indicators.snapshot_date, leading_indicators.account_id
),

final as (
    select
        health_statuses.snapshot_date,
        health_statuses.account_id,
        playbooks.playbook,
        coalesce(health_statuses.evidenced_score < playbooks.opens_at, false)
        or requests.account_id is not null as is_opening,
        requests.requested_on as event_on,
        case
            when requests.requested_on is not null then 'request to cancel on ' || cast(requests.requested_on as string)
            else 'health is ' || {{ number_text('health_statuses.evidenced_score', 1) }}
        end as evidence
    from health_statuses
    inner join playbooks
        on playbooks.playbook = 'at_risk'
    left join requests
        on health_statuses.snapshot_date = requests.snapshot_date
        and health_statuses.account_id = requests.account_id
    where health_statuses.evidenced_score < playbooks.closes_at
        or requests.account_id is not null
)

select * from final
