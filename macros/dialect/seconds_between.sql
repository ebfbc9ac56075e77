{# Seconds from one timestamp to a later one, and hours with their fraction: seconds_between(start, end). #}
{% macro seconds_between(start, end) %}{{ return(adapter.dispatch('seconds_between')(start, end)) }}{% endmacro %}

{% macro default__seconds_between(start, end) -%}
    date_diff('second', {{ start }}, {{ end }})
{%- endmacro %}

{% macro spark__seconds_between(start, end) -%}
    (unix_timestamp({{ end }}) - unix_timestamp({{ start }}))
{%- endmacro %}

{% macro hours_between(start, end) %}({{ seconds_between(start, end) }} / 3600){% endmacro %}
