-- How long today's accounts of a tier took from the first subscription's start to their first outcome, where they have had one.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

milestones as (
    select * from {{ ref('stg_product__milestones') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

first_starts as (
    select
        subscriptions.account_id,
        min(subscriptions.started_on) as started_on
    from subscriptions
    group by subscriptions.account_id
),

first_outcomes as (
    select
        milestones.account_id,
        greatest({{ days_between('first_starts.started_on', 'cast(milestones.achieved_at as date)') }}, 0) as days_to_value
    from milestones
    cross join run_context
    inner join first_starts
        on milestones.account_id = first_starts.account_id
    where milestones.milestone = 'first_outcome'
        and cast(milestones.achieved_at as date) <= run_context.as_of_date
),

final as (
    {% for tier_scheme in ['arr_tier', 'touch_tier', 'investment_tier'] %}
    select
        '{{ tier_scheme }}' as tier_scheme,
        accounts_covered.{{ tier_scheme }} as tier,
        median(first_outcomes.days_to_value) as median_days
    from accounts_covered
    inner join first_outcomes
        on accounts_covered.account_id = first_outcomes.account_id
    group by accounts_covered.{{ tier_scheme }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
