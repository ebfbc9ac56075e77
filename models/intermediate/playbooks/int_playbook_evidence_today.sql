-- The evidence of a condition is that of as_of_date. Where it does not hold then, the opening and its day are shown.
-- Events keep their evidence. A trigger that closed by its exit may have a step left.
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

judgements as (
    select * from {{ ref('int_playbook_judgements') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

conditions as (
    select distinct judgements.playbook
    from judgements
),

final as (
    select
        triggers.trigger_id,
        case
            when not triggers.is_open then 'closed on ' || cast(triggers.closed_on as string)
            when judgements.evidence is not null then judgements.evidence
            when conditions.playbook is not null
                then 'opened on ' || cast(triggers.last_opened_on as string) || ' (' || triggers.evidence || ')'
            -- A review that was ahead on the opening day may be overdue now.
            when triggers.anchor_on < run_context.as_of_date
                then replace(triggers.evidence, 'due on', 'overdue since')
            else triggers.evidence
        end as evidence
    from triggers
    cross join run_context
    left join conditions
        on triggers.playbook = conditions.playbook
    left join judgements
        on triggers.account_id = judgements.account_id
        and triggers.playbook = judgements.playbook
        and run_context.as_of_date = judgements.snapshot_date
    where triggers.is_open
        or triggers.closed_by = 'exit'
)

select * from final
