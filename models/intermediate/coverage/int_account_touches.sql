-- A touch is overdue, or the account dark, once the days of its touch tier have passed since its last touch, or since
-- its start without one.
-- Before the company's first touch nothing is known.
with

accounts as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

activities as (
    select * from {{ ref('int_activities_today') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

coverage_targets as (
    select * from {{ ref('policy_coverage_targets') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

last_touches as (
    select
        activities.account_id,
        max(activities.completed_on) as last_touch_on
    from activities
    where activities.is_touch
    group by activities.account_id
),

company as (
    select min(activities.completed_on) as touches_from
    from activities
    where activities.is_touch
),

cadences as (
    select
        accounts.account_id,
        coverage_targets.expected_touch_days,
        coverage_targets.dark_days,
        greatest(customer_starts.customer_since, company.touches_from) as waiting_from
    from accounts
    inner join run_context
        on accounts.snapshot_date = run_context.as_of_date
    cross join company
    inner join customer_starts
        on accounts.account_id = customer_starts.account_id
    inner join account_tiers
        on accounts.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    inner join coverage_targets
        on account_tiers.touch_tier = coverage_targets.touch_tier
    where company.touches_from is not null
),

waiting as (
    select
        coalesce(last_touches.account_id, cadences.account_id) as account_id,
        last_touches.last_touch_on,
        cadences.expected_touch_days,
        cadences.dark_days,
        {{ days_between('last_touches.last_touch_on', 'run_context.as_of_date') }} as days_since_touch,
        {{ days_between('coalesce(last_touches.last_touch_on, cadences.waiting_from)', 'run_context.as_of_date') }}
            as days_waited
    from last_touches
    full outer join cadences
        on last_touches.account_id = cadences.account_id
    cross join run_context
),

final as (
    select
        waiting.account_id,
        waiting.last_touch_on,
        waiting.days_since_touch,
        waiting.days_waited > waiting.expected_touch_days as is_touch_overdue,
        waiting.days_waited > waiting.dark_days as is_dark
    from waiting
)

select * from final
