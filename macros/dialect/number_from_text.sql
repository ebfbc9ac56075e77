{# Text to a double, null where it is no number; Spark alone would read the 30d of thirty days as 30. #}
{% macro number_from_text(value) %}
    {{- return(adapter.dispatch('number_from_text')(value)) -}}
{% endmacro %}

{% macro default__number_from_text(value) -%}
    try_cast({{ value }} as double)
{%- endmacro %}

{% macro spark__number_from_text(value) -%}
    case when {{ value }} rlike '[0-9.]\\s*$' then try_cast({{ value }} as double) end
{%- endmacro %}
