-- The steps of a trigger as dated tasks, in the touch tier of its first day. A step falls due while the trigger is
-- open. Days do not count while it is closed, so a trigger that is reopened goes on with the steps that are left.
-- The owner is the account's CSM on the due date, or on as_of_date if that is earlier.
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

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

dated as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.playbook,
        openings.opening_number,
        openings.opened_on,
        openings.closed_on,
        triggers.is_provisional,
        triggers.touch_tier,
        steps.step,
        steps.owner_role,
        steps.channel,
        steps.action,
        {{ add_days('openings.anchor_on', '(steps.day_offset - openings.days_open_before)') }} as due_on
    from triggers
    inner join openings
        on triggers.trigger_id = openings.trigger_id
    inner join steps
        on triggers.playbook = steps.playbook
        and triggers.touch_tier = coalesce(steps.touch_tier, triggers.touch_tier)
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
        owner_periods.csm_id as owner_id,
        dated.channel,
        dated.action,
        dated.is_provisional
    from dated
    cross join run_context
    inner join owner_periods
        on dated.account_id = owner_periods.account_id
        and {{ in_force(
            'least(dated.due_on, run_context.as_of_date)', 'owner_periods.owned_from', 'owner_periods.owned_to'
        ) }}
    where dated.due_on between dated.opened_on and coalesce(dated.closed_on, dated.due_on)
        -- The day of an earlier closing belongs to the opening that it ended.
        and (dated.opening_number = 1 or dated.due_on > dated.opened_on)
)

select * from final
