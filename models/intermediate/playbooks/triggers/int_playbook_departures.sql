-- A champion or a sponsor departs, reported or seen in the contacts. A sponsor is an economic buyer or of the C-level.
-- Signs within min_open_days are one departure. It closes once they are over and the role is filled, or with the next.
{% set roles = [
    ('champion_change', 'champion_departed', 'champion'), ('sponsor_loss', 'sponsor_change', 'economic_buyer')
] %}
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

departed_sponsors as (
    select
        contacts.account_id,
        'sponsor_loss' as playbook,
        greatest(contacts.departed_on, coalesce(cast(contacts.created_at as date), contacts.departed_on)) as seen_on,
        case
            when contacts.stakeholder_type = 'economic_buyer' then 'contact marked as economic buyer left'
            else 'contact of the C-level left'
        end as sign
    from contacts
    where (contacts.stakeholder_type = 'economic_buyer' or contacts.seniority = 'c_level')
        and contacts.departed_on is not null
),

departure_signs as (
    {% for playbook, indicator, stakeholder_type in roles %}
    select
        signs.account_id,
        '{{ playbook }}' as playbook,
        signs.seen_on,
        signs.sign
    from signs
    where signs.indicator = '{{ indicator }}'
    union all
    {% endfor %}
    select * from departed_sponsors
),

departures as (
    select
        departure_signs.account_id,
        departure_signs.playbook,
        departure_signs.seen_on,
        min(departure_signs.sign) as sign,
        lag(departure_signs.seen_on) over (
            partition by departure_signs.account_id, departure_signs.playbook
            order by departure_signs.seen_on
        ) as previous_seen_on
    from departure_signs
    group by departure_signs.account_id, departure_signs.playbook, departure_signs.seen_on
),

triggers as (
    select
        departures.account_id,
        departures.playbook,
        departures.seen_on as opened_on,
        departures.sign || ' on ' || cast(departures.seen_on as string) as evidence,
        {{ add_days('departures.seen_on', 'playbooks.min_open_days') }} as settled_from,
        lead(departures.seen_on) over (
            partition by departures.account_id, departures.playbook
            order by departures.seen_on
        ) as next_opened_on
    from departures
    inner join playbooks
        on departures.playbook = playbooks.playbook
    where departures.previous_seen_on is null
        or {{ days_between('departures.previous_seen_on', 'departures.seen_on') }} > playbooks.min_open_days
),

people as (
    select
        contacts.account_id,
        case contacts.stakeholder_type
            {% for playbook, indicator, stakeholder_type in roles %}
            when '{{ stakeholder_type }}' then '{{ playbook }}'
            {% endfor %}
        end as playbook,
        coalesce(cast(contacts.created_at as date), cast('1900-01-01' as date)) as known_on,
        coalesce(contacts.departed_on, cast('9999-12-31' as date)) as departed_on
    from contacts
),

final as (
    select
        triggers.account_id,
        triggers.playbook,
        triggers.opened_on,
        triggers.opened_on as anchor_on,
        least(
            triggers.next_opened_on,
            min(
                case
                    when people.departed_on > triggers.settled_from
                        then greatest(triggers.settled_from, people.known_on)
                end
            )
        ) as exit_on,
        triggers.evidence
    from triggers
    left join people
        on triggers.account_id = people.account_id
        and triggers.playbook = people.playbook
    group by
        triggers.account_id, triggers.playbook, triggers.opened_on, triggers.next_opened_on, triggers.evidence
)

select * from final
