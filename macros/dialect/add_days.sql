{# The date a number of days later: add_days(date, days). #}
{% macro add_days(day, days) %}{{ return(adapter.dispatch('add_days')(day, days)) }}{% endmacro %}

{% macro default__add_days(day, days) -%}
    ({{ day }} + cast({{ days }} as int))
{%- endmacro %}

{% macro spark__add_days(day, days) -%}
    date_add({{ day }}, cast({{ days }} as int))
{%- endmacro %}
