{#
    Text to a UTC timestamp, null where it is none. It takes year-month-day with or without a time and an offset (after a space too;
    without one it is UTC), and seconds or milliseconds since 1970.
#}
{% macro timestamp_from_text(value) %}
    {{- return(adapter.dispatch('timestamp_from_text')(value)) -}}
{% endmacro %}

{# A zone by name must not reach DuckDB's cast, where it would count for later rows as well. #}
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

{# What both engines take for a date or a timestamp, as regular expressions. #}
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

{# Both engines want seconds in front of an offset, and no space: '10:00 +02' becomes '10:00:00+02'. `group` marks a match's part. #}
{% macro offset_without_gaps(value, group) -%}
    regexp_replace(
        regexp_replace(upper({{ value }}), '([T ][0-9]{1,2}:[0-9]{1,2})( ?[Z+-]| UTC)', '{{ group }}1:00{{ group }}2'),
        ' ([Z+-])',
        '{{ group }}1'
    )
{%- endmacro %}

{# Eleven digits of seconds reach beyond the year 5000, so twelve and more are milliseconds. #}
{% macro epoch_microseconds(value) -%}
    cast(round(cast({{ value }} as double) * case when abs(cast({{ value }} as double)) < 1e11 then 1e6 else 1e3 end) as bigint)
{%- endmacro %}
