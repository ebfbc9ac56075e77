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

{# The declared columns, typed. `keeps_given` adds each value that may not parse as it was given, as <column>__given. #}
{% macro typed_rows(declared, relation, found, keeps_given=false) %}
        select
            {% for name in may_not_parse(declared, found) if keeps_given %}
            given.{{ name }} as {{ name }}__given,
            {% endfor %}
            {% for name, column in declared.columns.items() %}
            {{ loaded_type(name, column, found[name]) }} as {{ name }}{{ ',' if not loop.last }}
            {% endfor %}
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

{# The columns with values that may not parse, because they are typed from text. #}
{% macro may_not_parse(declared, found) %}
    {% set names = [] %}
    {% for name, column in declared.columns.items() if found[name] %}
        {% if loaded_type(name, column, found[name]) != 'given.' ~ name %}{% do names.append(name) %}{% endif %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}

{#
    The rows with _loaded_at, the number of values that are no number, date or truth value as declared (_unread), and
    the first of them in words.
#}
{% macro unread_rows(declared, relation, found) %}
    {% set flags, examples = ['0'], [] %}
    {% for name in may_not_parse(declared, found) %}
        {% set is_unread = 'typed.' ~ name ~ '__given is not null and typed.' ~ name ~ ' is null' %}
        {% do flags.append('case when ' ~ is_unread ~ ' then 1 else 0 end') %}
        {% do examples.append(
            'case when ' ~ is_unread ~ ' then ' ~ quoted_text(name ~ ' is ') ~ ' || cast(typed.' ~ name
            ~ '__given as string) end'
        ) %}
    {% endfor %}
        select
            typed._loaded_at,
            {{ flags | join(' + ') }} as _unread,
            {{ 'coalesce(' ~ examples | join(', ') ~ ', null)' if examples else 'cast(null as string)' }}
                as _unread_example
        from (
            {{ typed_rows(declared, relation, found, keeps_given=true) }}
        ) as typed
{% endmacro %}

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
