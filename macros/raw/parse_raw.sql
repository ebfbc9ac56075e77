{# What the extract's own type says that a column holds. #}
{% macro native_kind(columns, name) %}
    {% set type = columns[name].type.split('(')[0] if name in columns else 'absent' %}
    {% for kind, types in {
        'whole': [
            'bigint', 'integer', 'int', 'smallint', 'tinyint', 'hugeint',
            'ubigint', 'uinteger', 'usmallint', 'utinyint', 'uhugeint',
        ],
        'exact': ['decimal'],
        'number': ['double', 'float', 'real'],
        'bool': ['boolean'],
        'day': ['date'],
        'moment': [
            'timestamp', 'timestamp_s', 'timestamp_ms', 'timestamp_ns', 'timestamp with time zone', 'timestamp_ntz',
        ],
        'absent': ['absent'],
    }.items() if type in types %}
        {{ return(kind) }}
    {% endfor %}
    {{ return('text') }}
{% endmacro %}

{# Whether the extract's type is the contract's, so that every value parses. #}
{% macro is_typed_already(columns, name, meta) %}
    {% set kinds = {'date': ['day', 'moment'], 'timestamp': ['day', 'moment'], 'bool': ['bool']}.get(meta.type, []) %}
    {{ return(native_kind(columns, name) in kinds) }}
{% endmacro %}

{# Whether staging takes a value as typed. Other dates are checked: they may be placeholders or the end of a day. #}
{% macro is_taken_as_typed(columns, name, meta) %}
    {% set is_whole_day = meta.type == 'timestamp' or native_kind(columns, name) == 'day' %}
    {{ return(is_typed_already(columns, name, meta) and (meta.type == 'bool' or meta.required and is_whole_day)) }}
{% endmacro %}

{# A raw column before parsing: in the extract's type if that is the contract's, else as trimmed text, empty as null. #}
{% macro raw_value(columns, name, meta) -%}
    {%- set kind = native_kind(columns, name) -%}
    {%- set given = 'raw_source.' ~ quoted_name(columns[name].name) if kind != 'absent' -%}
    {%- set date_type = 'date' if meta.type == 'date' and kind != 'moment' else 'timestamp' -%}
    {%- if kind == 'absent' -%}
        cast(null as string)
    {%- elif is_typed_already(columns, name, meta) -%}
        cast({{ given }} as {{ 'boolean' if meta.type == 'bool' else date_type }})
    {%- elif meta.type in ('int', 'decimal') and kind in ('whole', 'exact', 'number') -%}
        {{ given }}
    {%- else -%}
        nullif({{ trim_spaces('cast(' ~ given ~ ' as string)') }}, '')
    {%- endif -%}
{%- endmacro %}

{#
    A trimmed value, null if it is a null word. In a text only NULL and \N are null words. An id that is a whole number
    is the same from a column of floats. A currency is in upper case.
#}
{% macro given_value(value, meta, kind) -%}
    {%- if kind == 'number' and meta.type in ('int', 'decimal') -%}
        case when not isnan({{ value }}) then {{ value }} end
    {%- elif kind in ('absent', 'whole') or kind == 'exact' and meta.type in ('int', 'decimal') -%}
        {{ value }}
    {%- elif meta.type == 'text' -%}
        case when length({{ value }}) > 4 or {{ value }} not in ('NULL', {{ quoted_text('\\N') }}) then {{ value }} end
    {%- elif meta.type == 'id' and kind in ('text', 'exact', 'number') -%}
        case
            when length({{ value }}) <= 4 and {{ is_null_word(value) }} then null
            when contains({{ value }}, '.0') then {{ whole_number_text(value) }}
            {% if kind == 'number' %}
            when contains({{ value }}, 'e+')
                then coalesce(cast(try_cast(cast({{ value }} as double) as decimal(38, 0)) as string), {{ value }})
            {% endif %}
            else {{ value }}
        end
    {%- elif meta.type == 'currency' -%}
        case when not {{ is_null_word(value) }} then upper({{ value }}) end
    {%- else -%}
        case when length({{ value }}) > 4 or not {{ is_null_word(value) }} then {{ value }} end
    {%- endif -%}
{%- endmacro %}

{#
    Whether a text is a word that tools write for an absent value. Two lists, because DuckDB joins with a list of more
    than five values, and then reads the column even if a query does not select it.
#}
{% macro is_null_word(value) -%}
    (upper({{ value }}) in ('NULL', {{ quoted_text('\\N') }}, 'N/A') or upper({{ value }}) in ('NONE', 'NAN', '#N/A'))
{%- endmacro %}

{# 1001.0 as 1001, anything else unchanged. #}
{% macro whole_number_text(value) -%}
    case when {{ matches_all(value, '-?[0-9]+[.]0+') }} then split_part({{ value }}, '.', 1) else {{ value }} end
{%- endmacro %}

{# A given value in its contract type, null if it does not parse. A number is finite, and a whole one fits an int. #}
{% macro parse_raw(value, meta, kind) -%}
    {%- set type = meta.type -%}
    {%- set is_number = kind in ('whole', 'exact', 'number') -%}
    {%- set number = 'cast(' ~ value ~ ' as double)' if is_number else number_from_text(value) -%}
    {%- if type == 'enum' -%}
        case when lower({{ value }}) in ('{{ meta['values'] | join("', '") }}') then lower({{ value }}) end
    {%- elif type == 'currency' -%}
        case when {{ value }} in ('{{ currency_codes() | join("', '") }}') then {{ value }} end
    {%- elif type == 'bool' -%}
        case
            when lower({{ value }}) in ('true', 't', '1', 'yes', '1.0') then true
            when lower({{ value }}) in ('false', 'f', '0', 'no', '0.0') then false
        end
    {%- elif type == 'date' and meta.get('is_end') -%}
        {{ end_day(value, kind) }}
    {%- elif type in ('date', 'timestamp') and kind in ('day', 'moment') -%}
        cast({{ value }} as {{ type }})
    {%- elif type == 'date' -%}
        cast({{ timestamp_from_text(value) }} as date)
    {%- elif type == 'timestamp' -%}
        {{ timestamp_from_text(value) }}
    {%- elif type == 'int' and kind == 'whole' -%}
        case when 1 = 1{{ parse_range(number, meta) }} then try_cast({{ value }} as int) end
    {%- elif type == 'int' -%}
        case
            when {{ number }} = try_cast({{ number }} as int){{ parse_range(number, meta) }}
                then try_cast({{ number }} as int)
        end
    {%- elif type == 'decimal' -%}
        case when {{ number }} - {{ number }} = 0{{ parse_range(number, meta) }} then {{ number }} end
    {%- else -%}
        {{ value }}
    {%- endif -%}
{%- endmacro %}

{% macro parse_range(number, meta) -%}
    {%- if meta.range -%}
        {%- if meta.range[0] is not none %} and {{ number }} >= {{ meta.range[0] }}{% endif -%}
        {%- if meta.range[1] is not none %} and {{ number }} <= {{ meta.range[1] }}{% endif -%}
    {%- endif -%}
{%- endmacro %}

{# The first day after an interval. An end stamped 23:59 or later, by its own clock, means the next day. #}
{% macro end_day(value, kind) -%}
    {%- if kind == 'day' -%}
        cast({{ value }} as date)
    {%- elif kind == 'moment' -%}
        cast({{ value }} + interval '1' minute as date)
    {%- else -%}
        {%- set moment = timestamp_from_text(value) -%}
        {%- set own_day = "try_cast(split_part(replace(" ~ value ~ ", 'T', ' '), ' ', 1) as date)" -%}
        case
            when {{ value }} like '% 23:59%' or {{ value }} like '%T23:59%'
                then case when {{ moment }} is not null then {{ add_days(own_day, 1) }} end
            else cast({{ moment }} + interval '1' minute as date)
        end
    {%- endif -%}
{%- endmacro %}
