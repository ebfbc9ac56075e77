-- The steps of a trigger that are needed, as dated tasks. The owner is the account's CSM on the due date, or on
-- as_of_date if that is earlier.
with

steps_dated as (
    select * from {{ ref('int_playbook_steps_dated') }}
),

step_risks as (
    select * from {{ ref('int_playbook_step_risks') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        steps_dated.trigger_id,
        steps_dated.account_id,
        steps_dated.playbook,
        steps_dated.touch_tier,
        steps_dated.steps_tier,
        steps_dated.step,
        steps_dated.due_on,
        steps_dated.is_after_exit,
        steps_dated.owner_role,
        owner_periods.csm_id as owner_id,
        steps_dated.channel,
        steps_dated.action,
        step_risks.risk_level,
        steps_dated.is_provisional
    from steps_dated
    cross join run_context
    inner join owner_periods
        on steps_dated.account_id = owner_periods.account_id
        and {{ in_force(
            'least(steps_dated.due_on, run_context.as_of_date)', 'owner_periods.owned_from', 'owner_periods.owned_to'
        ) }}
    left join step_risks
        on steps_dated.trigger_id = step_risks.trigger_id
        and steps_dated.step = step_risks.step
    where steps_dated.needs is null
        or (steps_dated.needs = 'elevated_risk' and coalesce(step_risks.is_elevated, false))
        or (steps_dated.needs = 'no_elevated_risk' and not coalesce(step_risks.is_elevated, false))
)

select * from final
