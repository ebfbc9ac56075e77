{# A number as whole thousands are read: thousands_text(1234567.5) is 1,234,568. Halves round away from zero. #}
{% macro thousands_text(value) %}{{ return(adapter.dispatch('thousands_text')(value)) }}{% endmacro %}

{% macro default__thousands_text(value) -%}
    format('{:,}', cast(round(cast({{ value }} as decimal(38, 8)), 0) as bigint))
{%- endmacro %}

{% macro spark__thousands_text(value) -%}
    format_number(cast(round(cast({{ value }} as decimal(38, 8)), 0) as bigint), 0)
{%- endmacro %}
