{# A raw column as trimmed text, empty as null; null where the extract does not have the column. #}
{% macro raw_text(columns, name) -%}
    {%- if name in columns -%}
        nullif(trim(cast(raw_source.{{ adapter.quote(columns[name].name) }} as string)), '')
    {%- else -%}
        cast(null as string)
    {%- endif -%}
{%- endmacro %}

{# A raw column in its contract type, null where the text does not parse. A column that is typed already is not parsed. #}
{% macro parse_raw(text, meta) -%}
    {%- set type = meta.type -%}
    {%- if type == 'enum' -%}
        case when lower({{ text }}) in ('{{ meta['values'] | join("', '") }}') then lower({{ text }}) end
    {%- elif type == 'bool' -%}
        case
            when lower({{ text }}) in ('true', 't', '1', 'yes') then true
            when lower({{ text }}) in ('false', 'f', '0', 'no') then false
        end
    {%- elif type == 'date' -%}
        cast({{ timestamp_from_text(text) }} as date)
    {%- elif type == 'timestamp' -%}
        {{ timestamp_from_text(text) }}
    {%- elif type == 'int' -%}
        case
            when try_cast({{ text }} as double) = floor(try_cast({{ text }} as double)){{ parse_range(text, meta) }}
                then try_cast(try_cast({{ text }} as double) as int)
        end
    {%- elif type == 'decimal' -%}
        case when try_cast({{ text }} as double) - try_cast({{ text }} as double) = 0{{ parse_range(text, meta) }} then try_cast({{ text }} as double) end
    {%- else -%}
        {{ text }}
    {%- endif -%}
{%- endmacro %}

{% macro parse_range(text, meta) -%}
    {%- if meta.range -%}
        {%- if meta.range[0] is not none %} and try_cast({{ text }} as double) >= {{ meta.range[0] }}{% endif -%}
        {%- if meta.range[1] is not none %} and try_cast({{ text }} as double) <= {{ meta.range[1] }}{% endif -%}
    {%- endif -%}
{%- endmacro %}

{# Whether the extract already holds a column in the contract's type, so that nothing can fail to parse. #}
{% macro is_typed_already(columns, name, meta) %}
    {% set kinds = {'date': ['date'], 'timestamp': ['timestamp'], 'int': ['integer', 'int', 'bigint', 'smallint', 'tinyint'], 'decimal': ['double'], 'bool': ['boolean']} %}
    {{ return(name in columns and columns[name].type in kinds.get(meta.type, []) and not meta.range) }}
{% endmacro %}
