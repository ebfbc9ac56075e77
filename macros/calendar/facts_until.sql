{#
    The last day for which the company's tables can hold facts: the day on which they were read, or before it the day of
    the newest row that a loader brought. A planned end after that day is a plan, though its day may be past.
#}
{% macro facts_until() %}
    {% set loaded = newest_load_day() if connected_facts() else none %}
    {{ return([read_on(), loaded or read_on()] | min) }}
{% endmacro %}

{# The day on which the tables are read: that of the run, or the last day of the demo's extracts. #}
{% macro read_on() %}
    {{ return([run_date(), var('demo_ends_on') | string] | min if raw_mode() == 'demo' else run_date()) }}
{% endmacro %}

{# Whether connectors fill the table of subscriptions, so that all facts are as old as the loads. #}
{% macro connected_facts() %}
    {% set connected = connectors_of('billing_subscriptions') %}
    {{ return(execute and connected | length > 0 and own_relation('billing', 'subscriptions') is none) }}
{% endmacro %}
