-- A review is due every_months of the account's tier after the last one, or the start, and opens lead_days before.
-- An account that enters a tier late gets the lead from that day. Before the company's first review nothing is due.
-- What is due on fixed days ends at the latest with the next opening.
with

rounds as (
    select * from {{ ref('int_playbook_rounds') }}
),

fixed_days as (
    select * from {{ ref('int_playbook_fixed_days_due') }}
),

tier_periods as (
    select * from {{ ref('int_account_tier_periods') }}
),

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

-- One row for every tier that the account passes through in the round.
rounds_by_tier as (
    select
        rounds.*,
        tier_periods.in_force_from,
        tier_periods.in_force_to,
        playbooks.lead_days,
        cast(rounds.began_on + cadences.every_months * interval '1' month as date) as due_on
    from rounds
    inner join cadences
        on rounds.playbook = cadences.playbook
        and cadences.every_months is not null
    inner join playbooks
        on rounds.playbook = playbooks.playbook
    inner join tier_periods
        on rounds.account_id = tier_periods.account_id
        and rounds.began_on < tier_periods.in_force_to
        and cadences.tier
        = case cadences.tier_scheme when 'touch_tier' then tier_periods.touch_tier else tier_periods.investment_tier end
),

openings as (
    select
        rounds_by_tier.*,
        greatest(
            {{ add_days(
                'rounds_by_tier.due_on', '-rounds_by_tier.lead_days'
            ) }}, rounds_by_tier.in_force_from, rounds_by_tier.recorded_from
        ) as opened_on
    from rounds_by_tier
),

numbered as (
    select
        openings.*,
        row_number() over (
            partition by openings.playbook, openings.account_id, openings.began_on
            order by openings.opened_on
        ) as opening_number
    from openings
    where openings.opened_on < openings.in_force_to
        and coalesce(openings.opened_on < openings.ended_on, true)
),

recurring as (
    select
        numbered.account_id,
        numbered.playbook,
        numbered.opened_on,
        {{ add_days('numbered.opened_on', 'numbered.lead_days') }} as anchor_on,
        numbered.ended_on as exit_on,
        cast(null as date) as last_day_on,
        case
            when numbered.opened_on > numbered.due_on then 'overdue since '
            else 'due on '
        end || cast(numbered.due_on as string)
        || case when numbered.is_first then ' (none since the start on ' else ' (last one on ' end
        || cast(numbered.began_on as string) || ')' as evidence
    from numbered
    where numbered.opening_number = 1
),

openings_of_both as (
    select * from recurring
    union all
    select
        fixed_days.account_id,
        fixed_days.playbook,
        fixed_days.due_on as opened_on,
        fixed_days.due_on as anchor_on,
        fixed_days.exit_on,
        fixed_days.last_day_on,
        fixed_days.evidence
    from fixed_days
),

final as (
    select
        openings_of_both.account_id,
        openings_of_both.playbook,
        openings_of_both.opened_on,
        openings_of_both.anchor_on,
        openings_of_both.exit_on,
        least(
            openings_of_both.last_day_on,
            lead(openings_of_both.opened_on) over (
                partition by openings_of_both.account_id, openings_of_both.playbook
                order by openings_of_both.opened_on
            )
        ) as last_day_on,
        openings_of_both.evidence
    from openings_of_both
)

select * from final
