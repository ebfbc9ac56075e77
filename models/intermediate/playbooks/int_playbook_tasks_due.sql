-- The steps of an occasion as dated tasks, in the touch tier in which it opened. What falls before the opening, or after the closing, is
-- not due. The owner is the account's on the day it is due, or today's where that is to come.
with

occasions as (
    select * from {{ ref('int_playbook_occasions') }}
),

steps as (
    select * from {{ ref('policy_playbook_steps') }}
),

owner_spells as (
    select * from {{ ref('int_account_owner_spells') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

dated as (
    select
        occasions.trigger_id,
        occasions.account_id,
        occasions.playbook,
        occasions.opened_on,
        occasions.closed_on,
        occasions.is_provisional,
        occasions.touch_tier,
        steps.step,
        steps.owner_role,
        steps.channel,
        steps.action,
        {{ add_days('occasions.anchor_on', 'steps.day_offset') }} as due_on
    from occasions
    inner join steps
        on occasions.playbook = steps.playbook
        and occasions.touch_tier = coalesce(steps.touch_tier, occasions.touch_tier)
),

final as (
    select
        dated.trigger_id,
        dated.account_id,
        dated.playbook,
        dated.touch_tier,
        dated.step,
        dated.due_on,
        dated.owner_role,
        owner_spells.csm_id as owner_id,
        dated.channel,
        dated.action,
        dated.is_provisional
    from dated
    cross join run_context
    inner join owner_spells
        on dated.account_id = owner_spells.account_id
        and {{ in_force('least(dated.due_on, run_context.as_of_date)', 'owner_spells.owned_from', 'owner_spells.owned_to') }}
    where dated.due_on between dated.opened_on and coalesce(dated.closed_on, dated.due_on)
)

select * from final
