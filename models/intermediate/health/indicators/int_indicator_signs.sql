-- Signals, departed champions, negative tickets and low CSM sentiment, by day.
-- A departure counts once the contact is known. A signal counts if the policy lists its type.
with

signals as (
    select * from {{ ref('stg_crm__signals') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

pulses as (
    select * from {{ ref('stg_crm__pulses') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

signs as (
    select
        signals.account_id,
        signals.signal_type as indicator,
        cast(signals.occurred_at as date) as seen_on,
        replace(signals.signal_type, '_', ' ') as sign
    from signals
    union all
    select
        contacts.account_id,
        'champion_departed' as indicator,
        greatest(contacts.departed_on, coalesce(cast(contacts.created_at as date), contacts.departed_on)) as seen_on,
        'contact marked as champion left' as sign
    from contacts
    where contacts.stakeholder_type = 'champion'
        and contacts.departed_on is not null
    union all
    select
        tickets.account_id,
        'negative_sentiment' as indicator,
        cast(tickets.created_at as date) as seen_on,
        'negative ticket' as sign
    from tickets
    where tickets.sentiment = 'negative'
    union all
    select
        pulses.account_id,
        indicators.indicator,
        cast(pulses.recorded_at as date) as seen_on,
        'CSM sentiment ' || {{ number_text('pulses.csm_sentiment') }} as sign
    from pulses
    inner join indicators
        on indicators.indicator = 'negative_sentiment'
        and pulses.csm_sentiment <= indicators.threshold
),

final as (
    select
        signs.account_id,
        signs.indicator,
        signs.seen_on,
        signs.sign,
        count(*) as reports
    from signs
    group by signs.account_id, signs.indicator, signs.seen_on, signs.sign
)

select * from final
