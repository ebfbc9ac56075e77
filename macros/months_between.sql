{# Calendar months from one first of the month to a later one: months_between(start, end). #}
{% macro months_between(start, end) -%}
    cast(
        12 * (extract(year from {{ end }}) - extract(year from {{ start }}))
        + extract(month from {{ end }}) - extract(month from {{ start }}) as int
    )
{%- endmacro %}
