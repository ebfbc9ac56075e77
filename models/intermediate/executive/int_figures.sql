-- The figures of all families. A family without is_judged rests on enough data for a status. A figure without a history
-- is measured on as_of_date only, or differently in a later run: tasks of two quarters, costs by the owners of today.
{% set families = {
    'int_figures_revenue': {'period_grain': 'day'},
    'int_figures_growth': {'period_grain': 'trailing_3m'},
    'int_figures_retention': {'period_grain': 'trailing_12m', 'is_judged': true},
    'int_figures_renewals': {'is_judged': true, 'trailing_12m': ['renewal_rate', 'early_renewal_rate']},
    'int_figures_commitments': {'period_grain': 'day', 'no_history': ['committed_mrr']},
    'int_figures_quarter': {'period_grain': 'quarter'},
    'int_figures_expansion': {'trailing_12m': ['win_rate']},
    'int_figures_health': {'period_grain': 'day', 'is_judged': true},
    'int_figures_validation': {'period_grain': 'day', 'no_history': ['health_auc'], 'is_judged': true},
    'int_figures_satisfaction': {'period_grain': 'trailing_12m', 'is_judged': true},
    'int_figures_adoption': {'period_grain': 'day', 'is_judged': true},
    'int_figures_value': {'period_grain': 'day', 'no_history': ['validated_roi_share'], 'is_judged': true},
    'int_figures_time_to_value': {'period_grain': 'day', 'is_judged': true},
    'int_figures_onboarding': {'period_grain': 'day', 'is_judged': true},
    'int_figures_reviews': {'period_grain': 'day', 'is_judged': true},
    'int_figures_playbooks': {
        'period_grain': 'day', 'no_history': ['playbook_compliance', 'steps_skipped'], 'is_judged': true,
    },
    'int_figures_service': {
        'period_grain': 'day', 'no_history': ['cost_to_serve', 'csm_utilization'], 'is_judged': true,
    },
    'int_figures_freshness': {'period_grain': 'day', 'no_history': ['data_freshness_hours']},
} %}
with

{% for family in families %}
{{ family }} as (
    select * from {{ ref(family) }}
),

{% endfor %}
final as (
    {% for family, words in families.items() %}
    select
        {{ family }}.figure,
        {{ family }}.measured_on,
        {{ family }}.touch_tier,
        {% if words.trailing_12m %}
        case when {{ family }}.figure in ({{ quoted_texts(words.trailing_12m) }}) then 'trailing_12m' else 'day' end
            as period_grain,
        {% else %}
        '{{ words.period_grain }}' as period_grain,
        {% endif %}
        {{ family }}.value,
        {{ family }}.note,
        {{ family ~ '.is_judged' if words.is_judged else 'true' }} as is_judged,
        {{ family ~ '.figure not in (' ~ quoted_texts(words.no_history) ~ ')' if words.no_history else 'true' }}
            as has_history
    from {{ family }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
