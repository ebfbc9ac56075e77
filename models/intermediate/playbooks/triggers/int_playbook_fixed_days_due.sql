-- A recurring playbook may be due on fixed days since the start, in the tier of that day. The next answer or review
-- ends it, or open_days. Before the company's first one nothing is due.
with

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

rounds as (
    select * from {{ ref('int_playbook_rounds') }}
),

tier_periods as (
    select * from {{ ref('int_account_tier_periods') }}
),

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
),

dated as (
    select
        customer_starts.account_id,
        cadences.playbook,
        customer_starts.customer_since,
        cadences.after_days,
        {{ add_days('customer_starts.customer_since', 'cadences.after_days') }} as due_on,
        cadences.open_days
    from customer_starts
    inner join cadences
        on cadences.after_days is not null
    inner join tier_periods
        on customer_starts.account_id = tier_periods.account_id
        and {{ in_force(
            add_days('customer_starts.customer_since', 'cadences.after_days'),
            'tier_periods.in_force_from', 'tier_periods.in_force_to'
        ) }}
        and cadences.tier
        = case cadences.tier_scheme when 'touch_tier' then tier_periods.touch_tier else tier_periods.investment_tier end
),

final as (
    select
        dated.account_id,
        dated.playbook,
        dated.due_on,
        min(case when rounds.began_on > dated.due_on and not rounds.is_first then rounds.began_on end) as exit_on,
        {{ add_days('dated.due_on', 'dated.open_days') }} as last_day_on,
        'day ' || cast(dated.after_days as string) || ' since the start on '
        || cast(dated.customer_since as string) as evidence
    from dated
    inner join rounds
        on dated.account_id = rounds.account_id
        and dated.playbook = rounds.playbook
        and dated.due_on >= rounds.recorded_from
    group by
        dated.account_id, dated.playbook, dated.due_on, dated.open_days, dated.after_days,
        dated.customer_since
    -- An answer of the day leaves nothing to ask.
    having count_if(rounds.began_on = dated.due_on and not rounds.is_first) = 0
)

select * from final
