{#
    Text to a UTC timestamp, null if it is none. It takes year-month-day with or without a time and an offset, and
    seconds or milliseconds since 1970. An offset may follow a space. Without one the time is UTC.
#}
{% macro timestamp_from_text(value) %}
    {{- return(adapter.dispatch('timestamp_from_text')(value)) -}}
{% endmacro %}

{# A zone by name must not reach DuckDB's cast, which would apply it to later rows too. #}
{% macro default__timestamp_from_text(value) -%}
    {%- set shapes = timestamp_shapes() -%}
    case
        when regexp_full_match({{ value }}, '{{ shapes.without_offset }}') then try_cast({{ value }} as timestamp)
        when regexp_full_match({{ value }}, '{{ shapes.with_offset }}')
            then cast(try_cast({{ offset_without_gaps(value, '\\') }} as timestamptz) as timestamp)
        when regexp_full_match({{ value }}, '{{ shapes.epoch }}') then make_timestamp({{ epoch_microseconds(value) }})
    end
{%- endmacro %}

{% macro spark__timestamp_from_text(value) -%}
    {%- set shapes = timestamp_shapes() -%}
    case
        when {{ value }} rlike '^({{ shapes.without_offset }})\\z' then try_cast({{ value }} as timestamp)
        when {{ value }} rlike '^({{ shapes.with_offset }})\\z'
            then try_cast({{ offset_without_gaps(value, '$') }} as timestamp)
        when {{ value }} rlike '^({{ shapes.epoch }})\\z' then timestamp_micros({{ epoch_microseconds(value) }})
    end
{%- endmacro %}

{# The dates and timestamps that both engines read, as regular expressions. #}
{% macro timestamp_shapes() %}
    {% set day = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}' %}
    {% set minutes = '[Tt ](2[0-3]|[01]?[0-9]):[0-5]?[0-9]' %}
    {% set seconds = ':[0-5]?[0-9]([.][0-9]{1,9})?' %}
    {{ return({
        'without_offset': day ~ '(' ~ minutes ~ '(' ~ seconds ~ ')?)?',
        'with_offset': day ~ minutes ~ '(' ~ seconds ~ ')?' ~ '([Zz]| [Zz]| UTC| ?[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)',
        'epoch': '(0|-?[0-9]{9,13})([.][0-9]+)?',
    }) }}
{% endmacro %}

{#
    Both engines need seconds in front of an offset, and no space: '10:00 +02' becomes '10:00:00+02'. `group` is the
    engine's sign for a part of the match.
#}
{% macro offset_without_gaps(value, group) -%}
    regexp_replace(
        regexp_replace(upper({{ value }}), '([T ][0-9]{1,2}:[0-9]{1,2})( ?[Z+-]| UTC)', '{{ group }}1:00{{ group }}2'),
        ' ([Z+-])',
        '{{ group }}1'
    )
{%- endmacro %}

{# Eleven digits of seconds reach beyond the year 5000, so twelve and more are milliseconds. #}
{% macro epoch_microseconds(value) -%}
    {%- set number = 'cast(' ~ value ~ ' as double)' -%}
    cast(round({{ number }} * case when abs({{ number }}) < 1e11 then 1e6 else 1e3 end) as bigint)
{%- endmacro %}
