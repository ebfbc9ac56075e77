{# The last day of which an extract can tell: that of the run; of the demo, whose extracts never get younger, the day on which they end. #}
{% macro facts_until() %}
    {{ return([run_date(), var('demo_ends_on') | string] | min if raw_mode() == 'demo' else run_date()) }}
{% endmacro %}
