-- Every fact and every other trigger of an account, the gravest first. A fact takes the step of its playbook, and the
-- policy's action where none is due.
with

facts as (
    select * from {{ ref('int_worklist_facts') }}
),

triggers as (
    select * from {{ ref('int_worklist_triggers') }}
),

reasons as (
    select
        facts.account_id,
        'now' as band,
        facts.fact,
        facts.fact_rank,
        facts.playbook,
        triggers.trigger_id,
        triggers.label,
        triggers.evidence,
        triggers.urgency,
        triggers.step,
        coalesce(triggers.action, facts.action) as action,
        triggers.due_on,
        triggers.days_overdue,
        coalesce(triggers.is_due, false) as is_due,
        coalesce(triggers.steps_due, 0) as steps_due
    from facts
    left join triggers
        on facts.account_id = triggers.account_id
        and facts.playbook = triggers.playbook
    union all
    select
        triggers.account_id,
        case when triggers.step is null then 'backlog' else 'this_week' end as band,
        cast(null as string) as fact,
        cast(null as int) as fact_rank,
        triggers.playbook,
        triggers.trigger_id,
        triggers.label,
        triggers.evidence,
        triggers.urgency,
        triggers.step,
        triggers.action,
        triggers.due_on,
        triggers.days_overdue,
        triggers.is_due,
        triggers.steps_due
    from triggers
    left join facts
        on triggers.account_id = facts.account_id
        and triggers.playbook = facts.playbook
    where facts.account_id is null
),

final as (
    select
        reasons.*,
        row_number() over (
            partition by reasons.account_id
            order by
                case reasons.band when 'now' then 1 when 'this_week' then 2 else 3 end,
                reasons.fact_rank,
                case when reasons.step is null then 2 else 1 end,
                reasons.urgency,
                case when reasons.is_due then 1 else 2 end,
                reasons.due_on,
                reasons.playbook,
                reasons.trigger_id
        ) as reason_number,
        count(*) filter (where reasons.fact is null) over (partition by reasons.account_id) as triggers_besides_facts
    from reasons
)

select * from final
