{# A number as people read it, rounded half away from zero to so many decimals. #}
{% macro number_text(value, decimals=0) -%}
    cast(cast(round(cast({{ value }} as decimal(38, 8)), {{ decimals }}) as decimal(18, {{ decimals }})) as string)
{%- endmacro %}
