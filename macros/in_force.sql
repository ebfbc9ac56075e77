{#
    Whether a day lies on or after a first day and before an end: in_force(day, starts_on, ends_on). A null end is open.
    It has no `or`, so that an outer join on it compares only rows that match otherwise.
#}
{% macro in_force(day, starts_on, ends_on) -%}
    ({{ day }} >= {{ starts_on }} and {{ day }} < coalesce({{ ends_on }}, cast('9999-12-31' as date)))
{%- endmacro %}
