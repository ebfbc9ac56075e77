{# The last day of which an extract can hold facts: the run's, or for the demo the last day of its extracts. #}
{% macro facts_until() %}
    {{ return([run_date(), var('demo_ends_on') | string] | min if raw_mode() == 'demo' else run_date()) }}
{% endmacro %}
