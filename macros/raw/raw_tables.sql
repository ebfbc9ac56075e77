{# The tables of the raw contract, by system. A convention test compares this list with the sources. #}
{% macro raw_tables() %}
    {% set tables = {
        'crm': [
            'accounts', 'icp_assessments', 'team_members', 'account_assignments', 'contacts', 'activities', 'signals',
            'pulses', 'opportunities', 'opportunity_stages', 'churn_reasons', 'success_objectives', 'playbook_tasks',
        ],
        'billing': [
            'subscriptions', 'subscription_items', 'subscription_pauses', 'plans', 'contract_terms', 'invoices',
            'exchange_rates',
        ],
        'product': ['users', 'events', 'usage_daily', 'features', 'usage_limits', 'milestones'],
        'support': ['tickets'],
        'feedback': ['survey_responses'],
        'pipeline': ['forecast_log'],
    } %}
    {% set listed = [] %}
    {% for system, names in tables.items() %}
        {% for name in names %}
            {% do listed.append({'system': system, 'table': name, 'is_usage': name in ('events', 'usage_daily')}) %}
        {% endfor %}
    {% endfor %}
    {{ return(listed) }}
{% endmacro %}
