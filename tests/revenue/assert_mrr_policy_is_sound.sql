-- Every setting is there once, with a choice that exists, and days where days are needed.
with

choices as (
    {% for setting, allowed in {
        'paused': ['zero', 'count'],
        'temporary_discounts': ['subtract', 'ignore'],
        'metered_items': ['count', 'exclude'],
        'churn_lands_at': ['service_end', 'notice'],
        'past_due': ['count', 'churn_after'],
    }.items() %}
    {% for choice in allowed %}
    select '{{ setting }}' as setting, '{{ choice }}' as choice
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

settings as (
    select distinct choices.setting
    from choices
)

select
    coalesce(policy.setting, known.setting) as setting,
    policy.choice,
    policy.parameter
from settings as known
full outer join {{ ref('policy_mrr') }} as policy
    on known.setting = policy.setting
left join choices
    on policy.setting = choices.setting
    and policy.choice = choices.choice
where choices.choice is null
    or (policy.choice = 'churn_after' and coalesce(policy.parameter, -1) < 0)
