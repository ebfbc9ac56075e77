-- A candidate opens in a touch tier that the playbook has steps for. It closes on its exit, when its days are over,
-- or when the customer leaves. The table has the triggers open on any day since recent_from.
with

candidates as (
    select * from {{ ref('int_playbook_trigger_candidates') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

steps as (
    select * from {{ ref('policy_playbook_steps') }}
),

tier_periods as (
    select * from {{ ref('int_account_tier_periods') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

brief_stays as (
    select * from {{ ref('int_brief_stays') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

tiered as (
    select
        candidates.*,
        coalesce(tier_periods.touch_tier, playbooks.untiered_as) as touch_tier,
        least(candidates.exit_on, {{ add_days('candidates.anchor_on', 'playbooks.closes_after_days') }}) as ends_on,
        playbooks.exit_condition
    from candidates
    inner join playbooks
        on candidates.playbook = playbooks.playbook
    left join tier_periods
        on candidates.account_id = tier_periods.account_id
        and {{ in_force('candidates.opened_on', 'tier_periods.in_force_from', 'tier_periods.in_force_to') }}
),

with_steps as (
    select distinct
        tiered.account_id,
        tiered.playbook,
        tiered.opened_on
    from tiered
    inner join steps
        on tiered.playbook = steps.playbook
        and tiered.touch_tier = coalesce(steps.touch_tier, tiered.touch_tier)
),

days_left as (
    select
        churns.account_id,
        churns.churned_on as left_on
    from churns
    union
    select
        brief_stays.account_id,
        brief_stays.paid_to as left_on
    from brief_stays
),

departures as (
    select
        with_steps.account_id,
        with_steps.playbook,
        with_steps.opened_on,
        min(days_left.left_on) as left_on
    from with_steps
    left join days_left
        on with_steps.account_id = days_left.account_id
        and with_steps.opened_on < days_left.left_on
    group by with_steps.account_id, with_steps.playbook, with_steps.opened_on
),

ended as (
    select
        tiered.*,
        case
            when least(tiered.ends_on, departures.left_on) <= run_context.as_of_date
                then least(tiered.ends_on, departures.left_on)
        end as closed_on,
        run_context.recent_from
    from tiered
    inner join departures
        on tiered.account_id = departures.account_id
        and tiered.playbook = departures.playbook
        and tiered.opened_on = departures.opened_on
    inner join run_context
        on tiered.opened_on <= run_context.as_of_date
),

final as (
    select
        {{ dbt.hash(
            "ended.account_id || '|' || ended.playbook || '|' || cast(ended.opened_on as string)"
        ) }} as trigger_id,
        ended.account_id,
        ended.playbook,
        ended.opened_on,
        ended.anchor_on,
        ended.closed_on,
        ended.closed_on is null as is_open,
        ended.is_provisional,
        ended.evidence,
        owner_periods.csm_id as owner_id,
        ended.touch_tier,
        ended.exit_condition
    from ended
    inner join owner_periods
        on ended.account_id = owner_periods.account_id
        and {{ in_force('ended.opened_on', 'owner_periods.owned_from', 'owner_periods.owned_to') }}
    where coalesce(ended.closed_on >= ended.recent_from, true)
)

select * from final
