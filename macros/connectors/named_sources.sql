{#
    The systems of the var `sources`, or of CS_SOURCES ('stripe=raw_stripe,zendesk=/data/zendesk'): the name of each
    with its place, a schema or a folder of files. A place with a slash is a folder.
#}
{% macro named_sources() %}
    {% set given = var('sources', '') or env_var('CS_SOURCES', '') %}
    {% if given is mapping %}{{ return(given) }}{% endif %}
    {% set named = {} %}
    {% for entry in (given | string).split(',') if entry | trim %}
        {% set system, _, place = entry.partition('=') %}
        {% do named.update({system | trim: place | trim}) %}
    {% endfor %}
    {{ return(named) }}
{% endmacro %}

{# The systems whose models take part: all that are named, but one CRM only. #}
{% macro sources_in_use() %}
    {% set named = named_sources() %}
    {% set second_crm = 'salesforce' if var('base_crm', '') == 'hubspot' else 'hubspot' %}
    {% set is_twice = 'salesforce' in named and 'hubspot' in named %}
    {{ return(connector_systems() | select('in', named) | reject('equalto', second_crm if is_twice else '') | list) }}
{% endmacro %}

{# The systems that have a connector. A CRM comes first, then billing. #}
{% macro connector_systems() %}
    {{ return([
        'salesforce', 'hubspot', 'stripe', 'recurly', 'chargebee', 'zendesk', 'intercom', 'segment', 'amplitude',
        'delighted',
    ]) }}
{% endmacro %}

{#
    The contract tables that each system fills. The model of each is con_<system>__<table>. A convention test compares
    this list with the models.
#}
{% macro connector_tables() %}
    {% set crm = [
        'crm_accounts', 'crm_contacts', 'crm_opportunities', 'crm_opportunity_stages', 'crm_activities',
        'crm_team_members', 'crm_account_assignments', 'crm_churn_reasons',
    ] %}
    {% set billing = [
        'crm_accounts', 'billing_subscriptions', 'billing_subscription_items', 'billing_subscription_pauses',
        'billing_plans', 'billing_contract_terms', 'billing_invoices',
    ] %}
    {{ return({
        'salesforce': crm + ['billing_exchange_rates'],
        'hubspot': crm,
        'stripe': billing,
        'recurly': billing,
        'chargebee': billing,
        'zendesk': ['support_tickets'],
        'intercom': ['support_tickets'],
        'segment': ['product_events', 'product_users'],
        'amplitude': ['product_events', 'product_users'],
        'delighted': ['feedback_survey_responses'],
    }) }}
{% endmacro %}

{# The systems in use that fill a contract table, such as crm_accounts. #}
{% macro connectors_of(name) %}
    {% set systems = [] %}
    {% for system in sources_in_use() if name in connector_tables()[system] %}
        {% do systems.append(system) %}
    {% endfor %}
    {{ return(systems) }}
{% endmacro %}

{# Rows of the same helper model of all systems in use that have one, such as connector_union('parties', [...]). #}
{% macro connector_union(noun, systems, columns) %}
    {% for system in systems %}
    select
        {% for column in columns %}
        rows_of_system.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('con_' ~ system ~ '__' ~ noun) }} as rows_of_system
    {{ 'union all' if not loop.last }}
    {% else %}
    select
        {% for column in columns %}
        cast(null as string) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    where 1 = 0
    {% endfor %}
{% endmacro %}
