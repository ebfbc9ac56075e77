-- A trigger has the tier and the owner of its first day, and the evidence of its latest opening. The table has the
-- triggers open on any day since recent_from.
with

openings as (
    select * from {{ ref('int_playbook_openings') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

numbered as (
    select
        openings.*,
        row_number() over (partition by openings.trigger_id order by openings.opening_number desc) as back_number
    from openings
),

triggers as (
    select
        numbered.trigger_id,
        numbered.account_id,
        numbered.playbook,
        min(numbered.opened_on) as opened_on,
        max(numbered.opened_on) as last_opened_on,
        count(*) - 1 as times_reopened,
        min(numbered.anchor_on) as anchor_on,
        max(case when numbered.back_number = 1 then numbered.closed_on end) as closed_on,
        max(case when numbered.back_number = 1 then numbered.closed_by end) as closed_by,
        max(case when numbered.back_number = 1 then numbered.evidence end) as evidence,
        count_if(numbered.is_provisional) > 0 as is_provisional,
        max(case when numbered.opening_number = 1 then numbered.touch_tier end) as touch_tier,
        max(case when numbered.opening_number = 1 then numbered.steps_tier end) as steps_tier
    from numbered
    group by numbered.trigger_id, numbered.account_id, numbered.playbook
),

final as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.playbook,
        triggers.opened_on,
        triggers.last_opened_on,
        triggers.times_reopened,
        triggers.anchor_on,
        triggers.closed_on,
        triggers.closed_on is null as is_open,
        triggers.closed_by,
        triggers.is_provisional,
        triggers.evidence,
        owner_periods.csm_id as owner_id,
        triggers.touch_tier,
        triggers.steps_tier,
        playbooks.exit_condition
    from triggers
    inner join playbooks
        on triggers.playbook = playbooks.playbook
    cross join run_context
    inner join owner_periods
        on triggers.account_id = owner_periods.account_id
        and {{ in_force('triggers.opened_on', 'owner_periods.owned_from', 'owner_periods.owned_to') }}
    where coalesce(triggers.closed_on >= run_context.recent_from, true)
)

select * from final
