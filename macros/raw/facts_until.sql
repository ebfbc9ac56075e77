{# The last day on which an extract can hold facts: the run's, or for the demo the day on which its extracts end. #}
{% macro facts_until() %}
    {{ return([run_date(), var('demo_ends_on') | string] | min if raw_mode() == 'demo' else run_date()) }}
{% endmacro %}
