{# The last day for which an extract can hold facts: the day of the run, or the last day of the demo's extracts. #}
{% macro facts_until() %}
    {{ return([run_date(), var('demo_ends_on') | string] | min if raw_mode() == 'demo' else run_date()) }}
{% endmacro %}
