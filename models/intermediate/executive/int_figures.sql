-- The figures of all families. A family without is_judged rests on enough data for a status. A figure without a history
-- is measured on as_of_date only, or differently in a later run: tasks of two quarters, costs and books by the
-- owners of today, values by the confirmations of today.
{% set families = {
    'int_figures_revenue': {},
    'int_figures_growth': {},
    'int_figures_retention': {'is_judged': true},
    'int_figures_renewals': {'is_judged': true},
    'int_figures_commitments': {'no_history': ['committed_mrr']},
    'int_figures_quarter': {},
    'int_figures_expansion': {},
    'int_figures_health': {'is_judged': true},
    'int_figures_validation': {'is_judged': true, 'no_history': ['health_auc']},
    'int_figures_satisfaction': {'is_judged': true},
    'int_figures_adoption': {'is_judged': true},
    'int_figures_unused_seats': {},
    'int_figures_value': {'is_judged': true, 'no_history': ['validated_roi_share']},
    'int_figures_time_to_value': {'is_judged': true},
    'int_figures_onboarding': {'is_judged': true},
    'int_figures_reviews': {'is_judged': true},
    'int_figures_playbooks': {'is_judged': true, 'no_history': ['playbook_compliance', 'steps_skipped']},
    'int_figures_service': {'is_judged': true, 'no_history': ['cost_to_serve', 'csm_utilization']},
    'int_figures_freshness': {'no_history': ['data_freshness_hours']},
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
