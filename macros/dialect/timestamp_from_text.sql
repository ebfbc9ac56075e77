{# Text to a UTC timestamp: an offset is honoured, none means UTC, anything else than year-month-day gives null. #}
{% macro timestamp_from_text(value) %}
    {{- return(adapter.dispatch('timestamp_from_text')(value)) -}}
{% endmacro %}

{# A zone by name must not reach DuckDB's cast: it would count for the rows after it as well. #}
{% macro default__timestamp_from_text(value) -%}
    {%- set shapes = timestamp_shapes() -%}
    case
        when regexp_full_match({{ value }}, '{{ shapes.without_offset }}') then try_cast({{ value }} as timestamp)
        when regexp_full_match({{ value }}, '{{ shapes.with_offset }}') then cast(try_cast({{ value }} as timestamptz) as timestamp)
    end
{%- endmacro %}

{% macro spark__timestamp_from_text(value) -%}
    case when {{ value }} rlike '^({{ timestamp_shapes().values() | join('|') }})\\z' then try_cast({{ value }} as timestamp) end
{%- endmacro %}

{# What both engines take for a date or a timestamp, as regular expressions. #}
{% macro timestamp_shapes() %}
    {% set day = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}' %}
    {% set minutes = '[T ](2[0-3]|[01]?[0-9]):[0-5]?[0-9]' %}
    {% set seconds = ':[0-5]?[0-9]([.][0-9]{1,9})?' %}
    {{ return({
        'without_offset': day ~ '(' ~ minutes ~ '(' ~ seconds ~ ')?)?',
        'with_offset': day ~ minutes ~ seconds ~ '(Z| UTC|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)',
    }) }}
{% endmacro %}
