-- Dates after the run are plans, and plans are no facts. Neither are ends of terms and trials, due or expected days,
-- and activities that have not taken place.
{% set last_day = "cast('" ~ facts_until() ~ "' as date)" %}
{# The raw contract's known_at and late columns. The pipeline itself writes the forecast log, which is no fact. #}
{% set facts = {
    'stg_crm__accounts': ['{}.created_at'],
    'stg_crm__icp_assessments': ['{}.assessed_on'],
    'stg_crm__team_members': ['{}.hired_on', '{}.left_on'],
    'stg_crm__account_assignments': ['{}.assigned_from', '{}.assigned_to'],
    'stg_crm__contacts': ['{}.created_at', '{}.departed_on'],
    'stg_crm__activities': [
        "case when {0}.status = 'completed' and {0}.completed_at is not null"
        " then greatest({0}.completed_at, {0}.scheduled_at) end"
    ],
    'stg_crm__signals': ['{}.occurred_at'],
    'stg_crm__pulses': ['{}.recorded_at'],
    'stg_crm__opportunities': [
        '{}.created_at',
        'case when {0}.closed_on is not null then greatest({0}.closed_on, cast({0}.created_at as date)) end',
    ],
    'stg_crm__opportunity_stages': ['{}.entered_at'],
    'stg_crm__churn_reasons': ['{}.churned_on'],
    'stg_crm__success_objectives': ['{}.created_on', '{}.achieved_on'],
    'stg_crm__playbook_tasks': ['{}.completed_on'],
    'stg_billing__subscriptions': ['{}.started_on', '{}.canceled_on', '{}.ended_on'],
    'stg_billing__subscription_items': ['{}.effective_from', '{}.effective_to'],
    'stg_billing__subscription_pauses': ['{}.paused_from', '{}.resumed_on'],
    'stg_billing__contract_terms': ['coalesce({0}.signed_on, {0}.term_start_on)'],
    'stg_billing__invoices': [
        '{}.issued_on',
        'case when {0}.paid_on is not null then greatest({0}.paid_on, {0}.issued_on) end',
    ],
    'stg_billing__exchange_rates': ['{}.rate_on'],
    'stg_product__users': ['{}.created_at', '{}.deactivated_at'],
    'stg_product__usage_limits': ['{}.effective_from', '{}.effective_to'],
    'stg_product__milestones': ['{}.achieved_at'],
    'base_product__rows_counted': ['case when {0}.accepted_rows > 0 then {0}.usage_on end'],
    'stg_support__tickets': ['{}.created_at', '{}.first_responded_at', '{}.solved_at'],
    'stg_feedback__survey_responses': ['{}.responded_at'],
} %}
with

{% for model in facts %}
{{ model }} as (
    select * from {{ ref(model) }}
),

{% endfor %}
final as (
    {% for model, moments in facts.items() %}
    {% set latest = [] %}
    {% for moment in moments %}
    {% set day = 'cast(' ~ moment.format(model) ~ ' as date)' %}
    {% do latest.append('max(case when ' ~ day ~ ' <= ' ~ last_day ~ ' then ' ~ day ~ ' end)') %}
    {% endfor %}
    select
        '{{ model }}' as source_model,
        {{ latest[0] if latest | length == 1 else 'greatest(' ~ latest | join(', ') ~ ')' }} as latest_on
    from {{ model }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
