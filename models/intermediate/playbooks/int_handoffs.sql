-- The first sale to each account, with the kickoff that follows it, where the playbook handoff has steps for its tier.
-- A kickoff before the sale closed is on time. Before the company's first kickoff none is missing.
with

opportunities as (
    select * from {{ ref('stg_crm__opportunities') }}
),

activities as (
    select * from {{ ref('stg_crm__activities') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

tier_periods as (
    select * from {{ ref('int_account_tier_periods') }}
),

steps as (
    select * from {{ ref('policy_playbook_steps') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

kickoffs as (
    select
        activities.account_id,
        cast(greatest(activities.completed_at, activities.scheduled_at) as date) as held_on
    from activities
    where activities.activity_type = 'kickoff'
        and activities.status = 'completed'
),

first_kickoffs as (
    select
        kickoffs.account_id,
        min(kickoffs.held_on) as held_on
    from kickoffs
    cross join run_context
    where kickoffs.held_on <= run_context.as_of_date
    group by kickoffs.account_id
),

company as (
    select min(first_kickoffs.held_on) as recorded_from
    from first_kickoffs
),

wins as (
    select
        opportunities.account_id,
        min(opportunities.closed_on) as won_on
    from opportunities
    cross join run_context
    where opportunities.opportunity_type = 'new'
        and opportunities.stage = 'closed_won'
        and opportunities.closed_on <= run_context.as_of_date
    group by opportunities.account_id
),

tiers as (
    select distinct steps.touch_tier
    from steps
    where steps.playbook = 'handoff'
),

tiered as (
    select
        wins.account_id,
        wins.won_on,
        coalesce(tier_periods.touch_tier, playbooks.untiered_as) as touch_tier,
        {{ add_days('wins.won_on', 'playbooks.exit_due_days') }} as due_on
    from wins
    inner join playbooks
        on playbooks.playbook = 'handoff'
    inner join company
        on wins.won_on >= company.recorded_from
    left join customer_starts
        on wins.account_id = customer_starts.account_id
    left join tier_periods
        on wins.account_id = tier_periods.account_id
        and {{ in_force(
            'greatest(wins.won_on, customer_starts.customer_since)',
            'tier_periods.in_force_from', 'tier_periods.in_force_to'
        ) }}
),

final as (
    select
        tiered.account_id,
        tiered.touch_tier,
        tiered.won_on,
        tiered.due_on,
        first_kickoffs.held_on as kickoff_on,
        case
            when first_kickoffs.held_on <= tiered.due_on then 'on_time'
            when first_kickoffs.held_on > tiered.due_on then 'late'
            when tiered.due_on >= run_context.as_of_date then 'open'
            else 'missed'
        end as outcome
    from tiered
    cross join run_context
    inner join tiers
        on tiered.touch_tier = coalesce(tiers.touch_tier, tiered.touch_tier)
    left join first_kickoffs
        on tiered.account_id = first_kickoffs.account_id
)

select * from final
