{#
    Every row of an object of a system under the project's names and types: the declared columns, null where the loader
    left none, then _loaded_at (when the loader brought the row) and _version. Of the rows with one key, version 1 is
    the one that stands, which comes last in version_at and then in _loaded_at. No row is left out.
#}
{% macro loaded_rows(system, object) %}
    {% do source(system, object) %}
    {% do ref('source_fields') %}
    {% if not execute %}{{ return('select 1 as not_compiled_yet') }}{% endif %}
    {% set declared = source_object(system, object) %}
    {% set relation = loaded_relation(system, object) %}
    {% set found = columns_found(relation, declared.columns) %}
    {% do fail_on_missing_object(system, declared, relation, found) %}
    select
        typed.*,
        {{ version_number(declared) }} as _version
    from (
        {{ typed_rows(declared, relation, found) }}
    ) as typed
{% endmacro %}

{#
    The declared columns, typed. `unread` adds how many values of a row are no number, date or truth value as declared
    (_unread), and the first of them in words.
#}
{% macro typed_rows(declared, relation, found, unread=false) %}
        select
            {% for name, column in declared.columns.items() %}
            {{ loaded_type(name, column, found[name]) }} as {{ name }}{{ ',' if unread or not loop.last }}
            {% endfor %}
            {% if unread %}
            {{ unread_values(declared, found) }}
            {% endif %}
        from (
            select
                {% for name, column in declared.columns.items() %}
                {{ loaded_text(name, column, found[name]) }} as {{ name }}{{ ',' if not loop.last }}
                {% endfor %}
            from (
                select
                    {% for name, column in declared.columns.items() %}
                    {{ loaded_value(name, column, found[name]) }} as {{ name }}{{ ',' if not loop.last }}
                    {% endfor %}
                from {{ relation if relation is not none else '(select 1 as absent)' }} as raw_source
                {% if relation is none %}
                where 1 = 0
                {% endif %}
            ) as trimmed
        ) as given
{% endmacro %}

{# Values that do not parse: their number and an example. #}
{% macro unread_values(declared, found) -%}
    {%- set flags, examples = [], [] -%}
    {%- for name, column in declared.columns.items() -%}
        {%- set typed = loaded_type(name, column, found[name]) -%}
        {%- if found[name] and typed != 'given.' ~ name -%}
            {%- set is_unread = 'given.' ~ name ~ ' is not null and ' ~ typed ~ ' is null' -%}
            {%- do flags.append('case when ' ~ is_unread ~ ' then 1 else 0 end') -%}
            {%- do examples.append(
                'case when ' ~ is_unread ~ ' then ' ~ quoted_text(name ~ ' is ') ~ ' || cast(given.' ~ name
                ~ ' as string) end'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ flags | join(' + ') if flags else '0' }} as _unread,
    {{ 'coalesce(' ~ examples | join(', ') ~ ', null)' if examples else 'cast(null as string)' }} as _unread_example
{%- endmacro %}

{# Rows of one key are versions. The newest is number 1. Every row without a key stands. #}
{% macro version_number(declared) -%}
    {%- set key = declared.meta.get('key', []) -%}
    {%- if not key -%}
        1
    {%- else -%}
        {%- set order = declared.meta.get('version_at', []) + ['_loaded_at'] -%}
        {%- set rest = declared.columns | reject('in', order + key) | list -%}
        case
            when typed.{{ key | join(' is null or typed.') }} is null then 1
            else row_number() over (
                partition by typed.{{ key | join(', typed.') }}
                order by typed.{{ (order + rest) | join(' desc nulls last, typed.') }} desc nulls last
            )
        end
    {%- endif -%}
{%- endmacro %}

{#
    Where each declared column is: name and engine type of a column, and the path in its JSON if it lies deeper.
    An empty mapping for a column that the loader did not leave.
#}
{% macro columns_found(relation, columns) %}
    {% set spelled = {} %}
    {% for column in raw_columns(relation).values() %}
        {% set plain = plain_name(column.name) %}
        {% if plain not in spelled %}{% do spelled.update({plain: column}) %}{% endif %}
    {% endfor %}
    {% set found = {} %}
    {% for name, meta in columns.items() %}
        {% do found.update({name: {}}) %}
        {% for candidate in meta.names if not found[name] %}
            {% set parts = candidate.split('.') %}
            {% set flat = plain_name(candidate | replace('.', '_')) %}
            {% if flat in spelled %}
                {% do found.update({name: dict(spelled[flat], path='')}) %}
            {% elif parts | length > 1 and plain_name(parts[0]) in spelled %}
                {% do found.update({name: dict(spelled[plain_name(parts[0])], path=parts[1:] | join('.'))}) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{# A name as candidates are compared: Region__c and region_c are one, and so are CreatedDate and created_date. #}
{% macro plain_name(name) %}
    {% set split = modules.re.sub('([a-z0-9])([A-Z])', '\\1_\\2', name) %}
    {{ return(modules.re.sub('_+', '_', split | lower)) }}
{% endmacro %}

{# The value of a column before it is typed: text without spaces around it, or the engine's own type. #}
{% macro loaded_value(name, meta, found) -%}
    {%- if found and found.path -%}
        nullif({{ trim_spaces(json_text('raw_source.' ~ quoted_name(found.name), found.path, found.type)) }}, '')
    {%- else -%}
        {{ raw_value({name: found} if found else {}, name, {'type': contract_type(meta.type)}) }}
    {%- endif -%}
{%- endmacro %}

{# The kind of a loaded value: the engine's for a column, text for a part of a JSON value. #}
{% macro loaded_kind(name, found) %}
    {{ return(native_kind({name: found}, name) if found and not found.path else 'text') }}
{% endmacro %}

{# The value without the words that tools write for an absent value. #}
{% macro loaded_text(name, meta, found) -%}
    {%- set type = contract_type(meta.type) -%}
    {%- set is_flat = found and not found.path -%}
    {%- if not found or is_flat and is_typed_already({name: found}, name, {'type': type}) -%}
        trimmed.{{ name }}
    {%- else -%}
        {# Any id may have gone through a float. #}
        {%- set kind = 'number' if type == 'id' else loaded_kind(name, found) -%}
        {{ given_value('trimmed.' ~ name, {'type': type}, kind) }}
    {%- endif -%}
{%- endmacro %}

{# The typed value. Text that is no number, date or truth value is null. #}
{% macro loaded_type(name, meta, found) -%}
    {%- set type = contract_type(meta.type) -%}
    {%- set is_flat = found and not found.path -%}
    {%- set value = 'given.' ~ name -%}
    {%- if not found -%}
        cast(null as {{ {'decimal': 'double', 'id': 'string', 'text': 'string', 'bool': 'boolean'}.get(type, type) }})
    {%- elif is_flat and is_typed_already({name: found}, name, {'type': type}) -%}
        {{ value }}
    {%- elif meta.type == 'upper' -%}
        upper({{ value }})
    {%- else -%}
        {{ parse_raw(value, {'type': type}, loaded_kind(name, found)) }}
    {%- endif -%}
{%- endmacro %}

{# The type of the contract that reads a type of the declaration. #}
{% macro contract_type(type) %}
    {{ return({'number': 'decimal', 'upper': 'text', 'json': 'text'}.get(type, type)) }}
{% endmacro %}
