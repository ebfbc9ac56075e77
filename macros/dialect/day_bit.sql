{# The day's place in its month as one bit of an int: the first is 1, the second 2, the third 4. #}
{% macro day_bit(day) %}{{ return(adapter.dispatch('day_bit')(day)) }}{% endmacro %}

{% macro default__day_bit(day) -%}
    (cast(1 as int) << cast(extract(day from {{ day }}) - 1 as int))
{%- endmacro %}

{% macro spark__day_bit(day) -%}
    shiftleft(1, extract(day from {{ day }}) - 1)
{%- endmacro %}
