-- A champion's departure, reported or seen in the contacts. Reports within min_open_days are one departure.
-- It closes once a champion is present and min_open_days are over.
with

signs as (
    select * from {{ ref('int_indicator_signs') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

departures as (
    select
        signs.account_id,
        signs.seen_on,
        min(signs.sign) as sign,
        lag(signs.seen_on) over (partition by signs.account_id order by signs.seen_on) as previous_seen_on
    from signs
    where signs.indicator = 'champion_departed'
    group by signs.account_id, signs.seen_on
),

triggers as (
    select
        departures.account_id,
        playbooks.playbook,
        departures.seen_on as opened_on,
        departures.sign || ' on ' || cast(departures.seen_on as string) as evidence,
        {{ add_days('departures.seen_on', 'playbooks.min_open_days') }} as settled_from
    from departures
    inner join playbooks
        on playbooks.playbook = 'champion_change'
    where departures.previous_seen_on is null
        or {{ days_between('departures.previous_seen_on', 'departures.seen_on') }} > playbooks.min_open_days
),

champions as (
    select
        contacts.account_id,
        coalesce(cast(contacts.created_at as date), cast('1900-01-01' as date)) as known_on,
        coalesce(contacts.departed_on, cast('9999-12-31' as date)) as departed_on
    from contacts
    where contacts.stakeholder_type = 'champion'
),

final as (
    select
        triggers.account_id,
        triggers.playbook,
        triggers.opened_on,
        triggers.opened_on as anchor_on,
        min(
            case
                when champions.departed_on > triggers.settled_from
                    then greatest(triggers.settled_from, champions.known_on)
            end
        ) as exit_on,
        triggers.evidence
    from triggers
    left join champions
        on triggers.account_id = champions.account_id
    group by triggers.account_id, triggers.playbook, triggers.opened_on, triggers.evidence
)

select * from final
