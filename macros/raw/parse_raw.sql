{# A raw column as trimmed text, empty as null; null where the extract does not have the column. #}
{% macro raw_text(columns, name) -%}
    {%- if name in columns -%}
        nullif({{ trim_spaces('cast(raw_source.' ~ adapter.quote(columns[name].name) ~ ' as string)') }}, '')
    {%- else -%}
        cast(null as string)
    {%- endif -%}
{%- endmacro %}

{# What the extract's own type says that a column holds. #}
{% macro native_kind(columns, name) %}
    {% set type = columns[name].type.split('(')[0] if name in columns else 'absent' %}
    {% for kind, types in {
        'whole': ['bigint', 'integer', 'int', 'smallint', 'tinyint', 'hugeint', 'ubigint', 'uinteger', 'usmallint', 'utinyint'],
        'number': ['double', 'float', 'real', 'decimal'],
        'bool': ['boolean'],
        'day': ['date'],
        'moment': ['timestamp', 'timestamp_s', 'timestamp_ms', 'timestamp_ns', 'timestamp with time zone', 'timestamp_ntz'],
    }.items() if type in types %}
        {{ return(kind) }}
    {% endfor %}
    {{ return('text') }}
{% endmacro %}

{# Whether the extract's type is the contract's, so that nothing can fail to parse. #}
{% macro is_typed_already(columns, name, meta) %}
    {{ return(native_kind(columns, name) in {'date': ['day', 'moment'], 'timestamp': ['day', 'moment'], 'bool': ['bool']}.get(meta.type, [])) }}
{% endmacro %}

{# What a raw column holds before it is judged: a number where the contract wants one and the extract has one, else text. #}
{% macro raw_value(columns, name, meta) -%}
    {%- if meta.type in ('int', 'decimal') and native_kind(columns, name) in ('whole', 'number') -%}
        raw_source.{{ adapter.quote(columns[name].name) }}
    {%- else -%}
        {{ raw_text(columns, name) }}
    {%- endif -%}
{%- endmacro %}

{# A raw value in its contract type, null where it does not parse: NaN is no number, and a whole one must fit. #}
{% macro parse_raw(value, meta, kind) -%}
    {%- set type = meta.type -%}
    {%- if type == 'enum' -%}
        case when lower({{ value }}) in ('{{ meta['values'] | join("', '") }}') then lower({{ value }}) end
    {%- elif type == 'bool' -%}
        case
            when lower({{ value }}) in ('true', 't', '1', 'yes') then true
            when lower({{ value }}) in ('false', 'f', '0', 'no') then false
        end
    {%- elif type == 'date' -%}
        cast({{ timestamp_from_text(value) }} as date)
    {%- elif type == 'timestamp' -%}
        {{ timestamp_from_text(value) }}
    {%- elif type == 'int' and kind == 'whole' -%}
        case when 1 = 1{{ parse_range(value, meta) }} then try_cast({{ value }} as int) end
    {%- elif type == 'int' -%}
        case
            when {{ number_from_text(value) }} = try_cast({{ number_from_text(value) }} as int){{ parse_range(value, meta) }}
                then try_cast({{ number_from_text(value) }} as int)
        end
    {%- elif type == 'decimal' -%}
        case when {{ number_from_text(value) }} - {{ number_from_text(value) }} = 0{{ parse_range(value, meta) }} then {{ number_from_text(value) }} end
    {%- else -%}
        {{ value }}
    {%- endif -%}
{%- endmacro %}

{% macro parse_range(value, meta) -%}
    {%- if meta.range -%}
        {%- if meta.range[0] is not none %} and {{ number_from_text(value) }} >= {{ meta.range[0] }}{% endif -%}
        {%- if meta.range[1] is not none %} and {{ number_from_text(value) }} <= {{ meta.range[1] }}{% endif -%}
    {%- endif -%}
{%- endmacro %}
