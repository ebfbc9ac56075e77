-- Each opening and closing of the triggers that the marts show. A trigger that is reopened has several of both.
with

openings as (
    select * from {{ ref('int_playbook_openings') }}
),

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

shown as (
    select
        openings.account_id,
        openings.trigger_id,
        openings.opened_on,
        openings.closed_on,
        openings.closed_by,
        openings.evidence,
        openings.is_provisional,
        playbooks.label
    from openings
    inner join triggers
        on openings.trigger_id = triggers.trigger_id
    inner join playbooks
        on openings.playbook = playbooks.playbook
),

final as (
    select
        shown.account_id,
        shown.opened_on as occurred_on,
        shown.opened_on as known_on,
        {{ event_columns('playbook_opened', 'fct_playbook_triggers', {'trigger_id': 'shown.trigger_id'}) }},
        'Playbook opened, ' || shown.label || ': ' || shown.evidence || '.' as event_text,
        shown.is_provisional
    from shown
    union all
    select
        shown.account_id,
        shown.closed_on as occurred_on,
        shown.closed_on as known_on,
        {{ event_columns('playbook_closed', 'fct_playbook_triggers', {'trigger_id': 'shown.trigger_id'}) }},
        'Playbook closed, ' || shown.label || ': '
        || case shown.closed_by
            when 'exit' then 'its exit condition is met.'
            when 'days_over' then 'its last day has passed.'
            else 'the customer left.'
        end as event_text,
        shown.is_provisional
    from shown
    where shown.closed_on is not null
)

select * from final
