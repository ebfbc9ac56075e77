-- A condition is restated as of as_of_date. Where it does not hold on that day, its opening is dated. Events keep theirs.
{% set conditions = ['at_risk', 'low_adoption', 'expansion', 're_engagement'] %}
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

{% for condition in conditions %}
{{ condition }} as (
    select * from {{ ref('int_playbook_' ~ condition) }}
),

{% endfor %}
run_context as (
    select * from {{ ref('int_run_context') }}
),

holding as (
    {% for condition in conditions %}
    select
        {{ condition }}.account_id,
        {{ condition }}.playbook,
        {{ condition }}.evidence
    from {{ condition }}
    inner join run_context
        on {{ condition }}.snapshot_date = run_context.as_of_date
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        triggers.trigger_id,
        case
            when holding.evidence is not null then holding.evidence
            when triggers.playbook in ('{{ conditions | join("', '") }}')
                then 'opened on ' || cast(triggers.opened_on as string) || ' (' || triggers.evidence || ')'
            -- A review that was ahead on the opening day may be overdue now.
            when triggers.anchor_on < run_context.as_of_date
                then replace(triggers.evidence, 'due on', 'overdue since')
            else triggers.evidence
        end as evidence
    from triggers
    cross join run_context
    left join holding
        on triggers.account_id = holding.account_id
        and triggers.playbook = holding.playbook
    where triggers.is_open
)

select * from final
