{# A fraction as people read it: percent_text(0.9234) is 92.3%. #}
{% macro percent_text(fraction) -%}
    cast(cast(round(100 * {{ fraction }}, 1) as decimal(18, 1)) as string) || '%'
{%- endmacro %}
