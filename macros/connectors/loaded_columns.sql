{#
    Where each declared column is: name and engine type of a column, and the path in its JSON if it lies deeper.
    `or_whole`: text that is no JSON is the value itself, as the id of an object that was not unfolded. An empty mapping
    for a column that the loader did not leave.
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
                {% do found.update({name: dict(
                    spelled[plain_name(parts[0])], path=parts[1:] | join('.'), or_whole=parts[0] in meta.names
                )}) %}
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
        {%- set column = 'raw_source.' ~ quoted_name(found.name) -%}
        {%- set part = json_text(column, found.path, found.type) -%}
        {%- if found.or_whole and found.type in ('varchar', 'string') -%}
            {%- set part = 'case when ' ~ column ~ " like '{%' then " ~ part ~ ' else ' ~ column ~ ' end' -%}
        {%- endif -%}
        nullif({{ trim_spaces(part) }}, '')
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
