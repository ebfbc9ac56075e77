{# Whether a day lies in the given number of days that end on a date: in_window(day, ends_on, days). #}
{% macro in_window(day, ends_on, days) -%}
    ({{ day }} <= {{ ends_on }} and {{ day }} > {{ add_days(ends_on, '-' ~ days) }})
{%- endmacro %}
