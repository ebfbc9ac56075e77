-- The evidence of a condition is that of as_of_date. Where it does not hold then, the opening and its day are shown.
-- Events keep their evidence.
{% set playbooks = ['at_risk', 'low_adoption', 'expansion', 're_engagement'] %}
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

{% for playbook in playbooks %}
{{ playbook }} as (
    select * from {{ ref('int_playbook_' ~ playbook) }}
),

{% endfor %}
run_context as (
    select * from {{ ref('int_run_context') }}
),

holding as (
    {% for playbook in playbooks %}
    select
        {{ playbook }}.snapshot_date,
        {{ playbook }}.account_id,
        {{ playbook }}.playbook,
        {{ playbook }}.evidence
    from {{ playbook }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

conditions as (
    select distinct holding.playbook
    from holding
),

final as (
    select
        triggers.trigger_id,
        case
            when holding.evidence is not null then holding.evidence
            when conditions.playbook is not null
                then 'opened on ' || cast(triggers.opened_on as string) || ' (' || triggers.evidence || ')'
            -- A review that was ahead on the opening day may be overdue now.
            when triggers.anchor_on < run_context.as_of_date
                then replace(triggers.evidence, 'due on', 'overdue since')
            else triggers.evidence
        end as evidence
    from triggers
    cross join run_context
    left join conditions
        on triggers.playbook = conditions.playbook
    left join holding
        on triggers.account_id = holding.account_id
        and triggers.playbook = holding.playbook
        and run_context.as_of_date = holding.snapshot_date
    where triggers.is_open
)

select * from final
