{# The last day that an extract can hold facts for: the run date, or the end of the demo's extracts. #}
{% macro facts_until() %}
    {{ return([run_date(), var('demo_ends_on') | string] | min if raw_mode() == 'demo' else run_date()) }}
{% endmacro %}
