{# A double amount of money, rounded to cents half away from zero. Exact on both engines. #}
{% macro to_cents(amount) -%}
    cast(round(cast({{ amount }} as decimal(38, 8)), 2) as decimal(18, 2))
{%- endmacro %}
