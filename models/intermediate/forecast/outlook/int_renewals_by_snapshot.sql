-- Today all renewals count, and on earlier dates those of the date's quarter and the next.
-- Then a coming one was a known term of a subscription in force that was not known to leave before.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

events as (
    select * from {{ ref('int_renewal_events') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

services_stated as (
    select * from {{ ref('int_services_stated') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

dates as (
    select
        snapshot_dates.snapshot_date,
        snapshot_dates.snapshot_date = run_context.as_of_date as is_today,
        cast(date_trunc('quarter', snapshot_dates.snapshot_date) as date) as seen_from,
        cast(date_trunc('quarter', snapshot_dates.snapshot_date) + interval '6' month as date) as seen_to
    from snapshot_dates
    cross join run_context
),

arr_in_force as (
    select
        lines_by_snapshot.snapshot_date,
        lines_by_snapshot.account_id,
        lines_by_snapshot.subscription_id,
        12 * sum(lines_by_snapshot.mrr) as arr
    from lines_by_snapshot
    where not lines_by_snapshot.is_lapsed
    group by lines_by_snapshot.snapshot_date, lines_by_snapshot.account_id, lines_by_snapshot.subscription_id
),

ends_known as (
    select distinct
        dates.snapshot_date,
        contract_terms.subscription_id,
        contract_terms.term_end_on as renewal_on
    from dates
    inner join contract_terms
        on dates.snapshot_date < contract_terms.term_end_on
        and dates.seen_to > contract_terms.term_end_on
        and {{ in_force('dates.snapshot_date', 'contract_terms.known_on', 'contract_terms.superseded_on') }}
    where not dates.is_today
),

final as (
    select
        dates.snapshot_date,
        events.subscription_id,
        events.renewal_on,
        events.account_id,
        outcomes.arr_up,
        events.forecast_on,
        events.outcome_on,
        events.outcome_on <= dates.snapshot_date as is_decided
    from dates
    inner join events
        on dates.is_today
        or (dates.seen_from <= events.renewal_on and dates.snapshot_date >= events.renewal_on)
    inner join outcomes
        on events.subscription_id = outcomes.subscription_id
        and events.renewal_on = outcomes.renewal_on
    union all
    select
        ends_known.snapshot_date,
        ends_known.subscription_id,
        ends_known.renewal_on,
        arr_in_force.account_id,
        arr_in_force.arr as arr_up,
        ends_known.snapshot_date as forecast_on,
        {{ add_days('ends_known.renewal_on', 'settings.grace_days') }} as outcome_on,
        false as is_decided
    from ends_known
    cross join settings
    inner join arr_in_force
        on ends_known.snapshot_date = arr_in_force.snapshot_date
        and ends_known.subscription_id = arr_in_force.subscription_id
    inner join services_stated
        on ends_known.subscription_id = services_stated.subscription_id
    inner join subscriptions
        on ends_known.subscription_id = subscriptions.subscription_id
    where services_stated.service_to is null
        or services_stated.service_to >= ends_known.renewal_on
        or coalesce(subscriptions.canceled_on, subscriptions.ended_on) > ends_known.snapshot_date
)

select * from final
