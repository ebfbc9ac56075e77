{# Text to a UTC timestamp: an offset is honoured, none means UTC, anything else than year-month-day gives null. #}
{% macro timestamp_from_text(value) %}
    {{- return(adapter.dispatch('timestamp_from_text')(value)) -}}
{% endmacro %}

{% macro default__timestamp_from_text(value) -%}
    case when {{ value }} like '____-%-%' then cast(try_cast({{ value }} as timestamptz) as timestamp) end
{%- endmacro %}

{% macro spark__timestamp_from_text(value) -%}
    case when {{ value }} like '____-%-%' then try_cast({{ value }} as timestamp) end
{%- endmacro %}
