with

occasions as (
    select * from {{ ref('int_playbook_occasions') }}
),

escalations as (
    select * from {{ ref('int_playbook_escalations') }}
),

final as (
    select
        occasions.trigger_id,
        occasions.account_id,
        occasions.playbook,
        occasions.opened_on,
        occasions.closed_on,
        occasions.is_open,
        occasions.is_provisional,
        occasions.evidence,
        occasions.owner_id,
        occasions.touch_tier,
        escalations.escalation_level,
        occasions.exit_condition
    from occasions
    inner join escalations
        on occasions.trigger_id = escalations.trigger_id
)

select * from final
