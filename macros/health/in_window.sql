{# Whether a day lies in the so many days that end on a date. #}
{% macro in_window(day, ends_on, days) -%}
    ({{ day }} <= {{ ends_on }} and {{ day }} > {{ add_days(ends_on, '-' ~ days) }})
{%- endmacro %}
