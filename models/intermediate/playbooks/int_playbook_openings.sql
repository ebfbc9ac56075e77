-- A candidate opens in a touch tier that the playbook has steps for. It closes on its exit, when its days are over, or
-- when the customer leaves. One that returns within cool_down_days of the closing continues the trigger before.
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
        coalesce(tier_periods.steps_tier, playbooks.untiered_as) as steps_tier,
        least(candidates.last_day_on, {{ add_days('candidates.anchor_on', 'playbooks.closes_after_days') }}) as over_on,
        playbooks.cool_down_days
    from candidates
    inner join playbooks
        on candidates.playbook = playbooks.playbook
    inner join run_context
        on candidates.opened_on <= run_context.as_of_date
    left join tier_periods
        on candidates.account_id = tier_periods.account_id
        and {{ in_force('candidates.opened_on', 'tier_periods.in_force_from', 'tier_periods.in_force_to') }}
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
        tiered.account_id,
        tiered.playbook,
        tiered.opened_on,
        min(days_left.left_on) as left_on
    from tiered
    inner join steps
        on tiered.playbook = steps.playbook
        and tiered.steps_tier = coalesce(steps.touch_tier, tiered.steps_tier)
    left join days_left
        on tiered.account_id = days_left.account_id
        and tiered.opened_on < days_left.left_on
    group by tiered.account_id, tiered.playbook, tiered.opened_on
),

ended as (
    select
        tiered.*,
        case
            when least(tiered.exit_on, tiered.over_on, departures.left_on) <= run_context.as_of_date
                then least(tiered.exit_on, tiered.over_on, departures.left_on)
        end as closed_on,
        departures.left_on
    from tiered
    inner join departures
        on tiered.account_id = departures.account_id
        and tiered.playbook = departures.playbook
        and tiered.opened_on = departures.opened_on
    cross join run_context
),

followed as (
    select
        ended.*,
        case
            when ended.closed_on = ended.exit_on then 'exit'
            when ended.closed_on = ended.left_on then 'customer_left'
            when ended.closed_on is not null then 'days_over'
        end as closed_by,
        coalesce(
            {{ days_between(
                'lag(ended.closed_on) over (partition by ended.account_id, ended.playbook order by ended.opened_on)',
                'ended.opened_on'
            ) }} <= ended.cool_down_days,
            false
        ) as is_reopening
    from ended
),

numbered as (
    select
        followed.*,
        max(case when not followed.is_reopening then followed.opened_on end) over (
            partition by followed.account_id, followed.playbook
            order by followed.opened_on
        ) as first_opened_on
    from followed
    where not (followed.is_provisional and followed.is_reopening)
),

final as (
    select
        {{ dbt.hash(
            "numbered.account_id || '|' || numbered.playbook || '|' || cast(numbered.first_opened_on as string)"
        ) }} as trigger_id,
        row_number() over (
            partition by numbered.account_id, numbered.playbook, numbered.first_opened_on
            order by numbered.opened_on
        ) as opening_number,
        numbered.account_id,
        numbered.playbook,
        numbered.opened_on,
        numbered.anchor_on,
        numbered.closed_on,
        numbered.closed_by,
        numbered.is_provisional,
        numbered.evidence,
        numbered.touch_tier,
        numbered.steps_tier,
        coalesce(sum({{ days_between('numbered.opened_on', 'numbered.closed_on') }}) over (
            partition by numbered.account_id, numbered.playbook, numbered.first_opened_on
            order by numbered.opened_on
            rows between unbounded preceding and 1 preceding
        ), 0) as days_open_before
    from numbered
)

select * from final
