-- Every step of a trigger's plan with its day, whether or not it is needed. Steps count from the day that the trigger
-- prepares, or from its exit. Days do not count while it is closed.
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

openings as (
    select * from {{ ref('int_playbook_openings') }}
),

steps as (
    select * from {{ ref('policy_playbook_steps') }}
),

tier_periods as (
    select * from {{ ref('int_account_tier_periods') }}
),

planned as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.playbook,
        triggers.anchor_on,
        triggers.is_provisional,
        triggers.touch_tier,
        triggers.steps_tier,
        triggers.closed_on,
        triggers.closed_by,
        steps.step,
        steps.day_offset,
        steps.counted_from,
        steps.needs,
        steps.owner_role,
        steps.channel,
        steps.action
    from triggers
    inner join steps
        on triggers.playbook = steps.playbook
        and triggers.steps_tier = coalesce(steps.touch_tier, triggers.steps_tier)
    left join tier_periods
        on triggers.account_id = tier_periods.account_id
        and {{ in_force('triggers.opened_on', 'tier_periods.in_force_from', 'tier_periods.in_force_to') }}
    where coalesce(steps.investment_tier = tier_periods.investment_tier, steps.investment_tier is null)
),

dated as (
    select
        planned.*,
        openings.opening_number,
        openings.opened_on as open_from,
        openings.closed_on as open_to,
        {{ add_days('openings.anchor_on', '(planned.day_offset - openings.days_open_before)') }} as due_on
    from planned
    inner join openings
        on planned.trigger_id = openings.trigger_id
    where planned.counted_from = 'start'
),

final as (
    select
        dated.trigger_id,
        dated.account_id,
        dated.playbook,
        dated.anchor_on,
        dated.is_provisional,
        dated.touch_tier,
        dated.steps_tier,
        dated.step,
        dated.needs,
        dated.owner_role,
        dated.channel,
        dated.action,
        false as is_after_exit,
        dated.due_on
    from dated
    where dated.due_on between dated.open_from and coalesce(dated.open_to, dated.due_on)
        -- The day of an earlier closing belongs to the opening that it ended.
        and (dated.opening_number = 1 or dated.due_on > dated.open_from)
    union all
    select
        planned.trigger_id,
        planned.account_id,
        planned.playbook,
        planned.anchor_on,
        planned.is_provisional,
        planned.touch_tier,
        planned.steps_tier,
        planned.step,
        planned.needs,
        planned.owner_role,
        planned.channel,
        planned.action,
        true as is_after_exit,
        {{ add_days('planned.closed_on', 'planned.day_offset') }} as due_on
    from planned
    where planned.counted_from = 'exit'
        and planned.closed_by = 'exit'
)

select * from final
