-- ARR on the eve of the end, ARR of the parties when the outcome is judged, and the part that continues another
-- subscription. That part is the last day's ARR of the subscription that an absorbing party names.
with

events as (
    select * from {{ ref('int_renewal_events') }}
),

parties as (
    select * from {{ ref('int_renewal_parties') }}
),

successors as (
    select * from {{ ref('int_subscription_successors') }}
),

in_service as (
    select * from {{ ref('int_subscriptions_in_service') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

subscription_pauses as (
    select * from {{ ref('stg_billing__subscription_pauses') }}
),

accounts_delinquent as (
    select * from {{ ref('int_accounts_delinquent') }}
),

choices as (
    select * from {{ ref('int_mrr_choices') }}
),

days as (
    select
        events.subscription_id,
        events.renewal_on,
        events.account_id,
        events.subscription_id as party_id,
        events.subscription_id as earner_id,
        'up' as side,
        events.measured_on as day_on
    from events
    union all
    select
        events.subscription_id,
        events.renewal_on,
        events.account_id,
        parties.party_id,
        parties.party_id as earner_id,
        'carried' as side,
        events.outcome_on as day_on
    from events
    inner join parties
        on events.subscription_id = parties.subscription_id
        and events.renewal_on = parties.renewal_on
    where events.is_decided
    union all
    select
        events.subscription_id,
        events.renewal_on,
        events.account_id,
        parties.party_id,
        successors.subscription_id as earner_id,
        'continued' as side,
        least({{ add_days('in_service.service_to', '-1') }}, events.outcome_on) as day_on
    from events
    inner join parties
        on events.subscription_id = parties.subscription_id
        and events.renewal_on = parties.renewal_on
        and parties.relation = 'absorbing'
    inner join successors
        on parties.party_id = successors.successor_id
    inner join in_service
        on successors.subscription_id = in_service.subscription_id
    where events.is_decided
),

paused_days as (
    select distinct
        days.earner_id,
        days.day_on
    from days
    inner join subscription_pauses
        on days.earner_id = subscription_pauses.subscription_id
        and {{ in_force('days.day_on', 'subscription_pauses.paused_from', 'subscription_pauses.resumed_on') }}
    cross join choices
    where not choices.counts_paused
),

delinquent_days as (
    select distinct
        days.account_id,
        days.day_on
    from days
    inner join accounts_delinquent
        on days.account_id = accounts_delinquent.account_id
        and {{ in_force('days.day_on', 'accounts_delinquent.delinquent_from', 'accounts_delinquent.delinquent_to') }}
),

final as (
    select
        days.subscription_id,
        days.renewal_on,
        days.party_id,
        days.side,
        mrr_lines.product_id,
        sum(
            case
                when paused_days.earner_id is null and delinquent_days.account_id is null
                    then 12 * {{ to_cents('mrr_lines.monthly_amount * exchange_rates.constant_rate') }}
                else 0
            end
        ) as arr
    from days
    inner join mrr_lines
        on days.earner_id = mrr_lines.subscription_id
        and {{ in_force('days.day_on', 'mrr_lines.line_from', 'mrr_lines.line_to') }}
    inner join exchange_rates
        on mrr_lines.currency = exchange_rates.currency
        and cast(date_trunc('month', days.day_on) as date) = exchange_rates.month
    left join paused_days
        on days.earner_id = paused_days.earner_id
        and days.day_on = paused_days.day_on
    left join delinquent_days
        on days.account_id = delinquent_days.account_id
        and days.day_on = delinquent_days.day_on
    group by days.subscription_id, days.renewal_on, days.party_id, days.side, mrr_lines.product_id
)

select * from final
