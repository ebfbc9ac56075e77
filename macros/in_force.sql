{#
    Whether a day lies from a first day on and before an end, which is open where it is null. Written without `or`, so that
    an outer join on it compares only what else matches and not every row with every other.
#}
{% macro in_force(day, starts_on, ends_on) -%}
    ({{ day }} >= {{ starts_on }} and {{ day }} < coalesce({{ ends_on }}, cast('9999-12-31' as date)))
{%- endmacro %}
