-- Every indicator has its row, with a label, a known severity and the numbers that its rule needs; a row beyond them is a signal.
{% set needed = {
    'login_decline': ['threshold', 'min_count'],
    'active_user_decline': ['threshold', 'min_count'],
    'depth_decline': ['threshold', 'min_count'],
    'silent_14_days': ['window_days'],
    'ticket_spike': ['threshold', 'window_days', 'min_count'],
    'negative_sentiment': ['threshold', 'window_days'],
    'champion_departed': ['window_days'],
    'sponsor_change': ['window_days'],
    'budget_discussion': ['window_days'],
    'competitor_evaluation': ['window_days'],
    'feature_request_denied': ['window_days'],
    'pricing_complaint': ['window_days'],
    'cancel_request': ['window_days'],
    'payment_late': ['threshold'],
    'seat_reduction': ['min_count'],
    'nps_drop': ['threshold', 'window_days', 'min_count'],
    'csat_drop': ['threshold', 'window_days', 'min_count'],
    'meetings_missed': ['window_days', 'min_count'],
    'single_threaded': ['threshold'],
} %}
{% set further_signals = [
    'champion_promoted', 'conflicting_acquisition', 'shutting_down', 'new_use_case', 'department_interest', 'strategic_initiative',
] %}
with

needed as (
    {% for indicator, numbers in needed.items() %}
    {% for number in numbers %}
    select '{{ indicator }}' as indicator, '{{ number }}' as number
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    'an indicator is absent, or one of its numbers is' as flaw,
    needed.indicator || ' ' || needed.number as place
from needed
left join {{ ref('policy_leading_indicators') }} as policy
    on needed.indicator = policy.indicator
where (needed.number = 'threshold' and not coalesce(policy.threshold >= 0, false))
    or (needed.number = 'window_days' and not coalesce(policy.window_days >= 1, false))
    or (needed.number = 'min_count' and not coalesce(policy.min_count >= 1, false))
union all
select
    'no such indicator, or a signal without its window' as flaw,
    policy.indicator as place
from {{ ref('policy_leading_indicators') }} as policy
where policy.indicator not in ('{{ needed | join("', '") }}')
    and (
        policy.indicator not in ('{{ further_signals | join("', '") }}')
        or not coalesce(policy.window_days >= 1, false)
    )
union all
select
    'no such severity, or no label' as flaw,
    policy.indicator as place
from {{ ref('policy_leading_indicators') }} as policy
where not coalesce(policy.severity in ('low', 'medium', 'high', 'critical'), false)
    or policy.label is null
union all
select
    'a decline is a share of what was there' as flaw,
    policy.indicator as place
from {{ ref('policy_leading_indicators') }} as policy
where policy.indicator in ('login_decline', 'active_user_decline', 'depth_decline')
    and not policy.threshold between 0 and 1
union all
select
    'silence is seen only within the two windows of usage' as flaw,
    policy.indicator as place
from {{ ref('policy_leading_indicators') }} as policy
cross join {{ ref('policy_health_settings') }} as settings
where policy.indicator = 'silent_14_days'
    and policy.window_days > 2 * settings.usage_window_days
