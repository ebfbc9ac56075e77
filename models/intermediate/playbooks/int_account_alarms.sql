-- A request to cancel alarms for the days of its indicator, a notice until the customer leaves. A review is due while
-- min_count champions, economic buyers or influencers left within window_days. A departure counts once it is known.
with

signs as (
    select * from {{ ref('int_indicator_signs') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

commitments as (
    select * from {{ ref('int_account_commitments') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

escalation_levels as (
    select * from {{ ref('policy_escalation_levels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

departures as (
    select
        contacts.account_id,
        contacts.contact_id,
        greatest(contacts.departed_on, coalesce(cast(contacts.created_at as date), contacts.departed_on)) as known_on
    from contacts
    where contacts.departed_on is not null
        and contacts.stakeholder_type in ('champion', 'economic_buyer', 'influencer')
),

numbered as (
    select
        departures.account_id,
        departures.known_on,
        row_number() over (
            partition by departures.account_id order by departures.known_on, departures.contact_id
        ) as departure_number
    from departures
),

alarms as (
    select
        signs.account_id,
        'save_team' as escalation_level,
        signs.seen_on as holds_from,
        {{ add_days('signs.seen_on', 'indicators.window_days') }} as holds_to
    from signs
    inner join indicators
        on signs.indicator = indicators.indicator
    where signs.indicator = 'cancel_request'
    union
    select
        commitments.account_id,
        'save_team' as escalation_level,
        commitments.notice_given_on as holds_from,
        cast('9999-12-31' as date) as holds_to
    from commitments
    where commitments.notice_given_on is not null
    union
    select
        latest.account_id,
        escalation_levels.escalation_level,
        latest.known_on as holds_from,
        {{ add_days('earliest.known_on', 'escalation_levels.window_days') }} as holds_to
    from numbered as latest
    inner join escalation_levels
        on escalation_levels.escalation_level = 'account_review'
    inner join numbered as earliest
        on latest.account_id = earliest.account_id
        and latest.departure_number = earliest.departure_number + escalation_levels.min_count - 1
        and {{ in_window('earliest.known_on', 'latest.known_on', 'escalation_levels.window_days') }}
),

final as (
    select
        alarms.account_id,
        alarms.escalation_level,
        alarms.holds_from,
        alarms.holds_to
    from alarms
    inner join run_context
        on alarms.holds_from <= run_context.as_of_date
)

select * from final
