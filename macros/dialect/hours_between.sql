{# Hours from one timestamp to a later one, with their fraction: hours_between(start, end). #}
{% macro hours_between(start, end) %}{{ return(adapter.dispatch('hours_between')(start, end)) }}{% endmacro %}

{% macro default__hours_between(start, end) -%}
    (date_diff('second', {{ start }}, {{ end }}) / 3600)
{%- endmacro %}

{% macro spark__hours_between(start, end) -%}
    ((unix_timestamp({{ end }}) - unix_timestamp({{ start }})) / 3600)
{%- endmacro %}
