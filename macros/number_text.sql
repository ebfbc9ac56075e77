{# A number as people read it, rounded half away from zero: number_text('2.345', 1) is 2.3. #}
{% macro number_text(value, decimals=0) -%}
    {%- set rounded = 'round(cast(' ~ value ~ ' as decimal(38, 8)), ' ~ decimals ~ ')' -%}
    cast(cast({{ rounded }} as decimal(18, {{ decimals }})) as string)
{%- endmacro %}
