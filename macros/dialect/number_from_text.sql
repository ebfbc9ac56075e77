{# Text to a double, null if it is no number. DuckDB alone would read 1_000 as 1000, and Spark 30d as 30. #}
{% macro number_from_text(value) %}
    {{- return(adapter.dispatch('number_from_text')(value)) -}}
{% endmacro %}

{% macro default__number_from_text(value) -%}
    case when not contains({{ value }}, '_') then try_cast({{ value }} as double) end
{%- endmacro %}

{% macro spark__number_from_text(value) -%}
    case when {{ value }} rlike '[0-9.]\\s*$' then try_cast({{ value }} as double) end
{%- endmacro %}
