-- Each indicator of the policy over all customers and over each touch tier, beside what churned of them anyway.
with

customer_outcomes as (
    select * from {{ ref('int_customer_outcomes') }}
),

indicator_outcomes as (
    select * from {{ ref('int_indicator_outcomes') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

bases as (
    {% for tier in ['customer_outcomes.touch_tier', "'all'"] %}
    select
        {{ tier }} as touch_tier,
        customer_outcomes.horizon_days,
        count(*) as base_observations,
        count(customer_outcomes.churned_on) as base_churns
    from customer_outcomes
    group by customer_outcomes.horizon_days{{ ', customer_outcomes.touch_tier' if loop.first }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

shown as (
    {% for tier in ['indicator_outcomes.touch_tier', "'all'"] %}
    select
        indicator_outcomes.indicator,
        {{ tier }} as touch_tier,
        indicator_outcomes.horizon_days,
        indicator_outcomes.snapshot_date,
        indicator_outcomes.account_id,
        indicator_outcomes.churned_on
    from indicator_outcomes
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        shown.indicator,
        shown.touch_tier,
        shown.horizon_days,
        count(*) as observations,
        count(shown.churned_on) as churns
    from shown
    group by shown.indicator, shown.touch_tier, shown.horizon_days
),

-- A churn has one lead, from the first month-end of its horizon on which the indicator held.
churn_leads as (
    select
        shown.indicator,
        shown.touch_tier,
        shown.horizon_days,
        shown.account_id,
        shown.churned_on,
        {{ days_between('min(shown.snapshot_date)', 'shown.churned_on') }} as lead_days
    from shown
    where shown.churned_on is not null
    group by shown.indicator, shown.touch_tier, shown.horizon_days, shown.account_id, shown.churned_on
),

leads as (
    select
        churn_leads.indicator,
        churn_leads.touch_tier,
        churn_leads.horizon_days,
        median(cast(churn_leads.lead_days as double)) as median_lead_days
    from churn_leads
    group by churn_leads.indicator, churn_leads.touch_tier, churn_leads.horizon_days
),

rated as (
    select
        indicators.indicator,
        indicators.label,
        indicators.severity,
        bases.touch_tier,
        bases.horizon_days,
        bases.base_churns,
        coalesce(counted.observations, 0) as observations,
        coalesce(counted.churns, 0) as churns,
        cast(bases.base_churns as double) / bases.base_observations as base_rate,
        {{ indicator_lift(
            'counted.churns', 'counted.observations', 'bases.base_churns', 'bases.base_observations'
        ) }} as lift,
        leads.median_lead_days
    from indicators
    cross join bases
    left join counted
        on indicators.indicator = counted.indicator
        and bases.touch_tier = counted.touch_tier
        and bases.horizon_days = counted.horizon_days
    left join leads
        on indicators.indicator = leads.indicator
        and bases.touch_tier = leads.touch_tier
        and bases.horizon_days = leads.horizon_days
),

final as (
    select
        rated.indicator,
        rated.label,
        rated.severity,
        rated.touch_tier,
        rated.horizon_days,
        rated.observations,
        rated.churns,
        cast(rated.churns as double) / nullif(rated.observations, 0) as precision,
        rated.base_rate,
        rated.lift,
        cast(rated.churns as double) / nullif(rated.base_churns, 0) as recall,
        rated.median_lead_days,
        case
            when not {{ lift_says_something(
                'rated.churns', 'rated.observations', 'rated.base_churns', 'rated.lift'
            ) }} then 'insufficient_data'
            when rated.lift >= settings.indicator_lift_strong then 'strong'
            when rated.lift >= settings.indicator_lift_usable then 'usable'
            else 'weak'
        end as verdict
    from rated
    cross join settings
)

select * from final
