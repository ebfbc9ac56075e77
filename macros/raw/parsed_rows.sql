{#
    The CTEs from `trimmed` to `parsed`: every row of a raw table, typed by the contract. A value that does not parse is
    null, and so is an impossible optional date.

    value_of                   the column with the value before parsing, by column of the contract
    settles_duplicates         as in judged_rows
#}
{% macro parsed_rows(relation, columns, contract, value_of, settles_duplicates) -%}
{% set dates = optional_dates(contract) %}
{{ erased_ctes(relation, columns, contract) -}}
trimmed as (
    select
        {% if 'not_taken' in columns %}
        raw_source.not_taken,
        {% endif %}
        {% if settles_duplicates %}
        {{ raw_row_data(columns, 'raw_source', '') }} as row_data,
        {% else %}
        {% for column in columns.values() %}
        raw_source.{{ quoted_name(column.name) }} as {{ quoted_name(column.name ~ '__source') }},
        {% endfor %}
        {% endif %}
        {% for name, meta in contract.columns.items() %}
        {{ raw_value(columns, name, meta) }} as {{ value_of[name] }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ relation if relation is not none else '(select 1 as absent)' }} as raw_source
    {% if relation is none %}
    where 1 = 0
    {% endif %}
),

raw_rows as (
    select
        {% if 'not_taken' in columns %}
        trimmed.not_taken,
        {% endif %}
        {% if settles_duplicates %}
        trimmed.row_data,
        {% else %}
        {% for column in columns.values() %}
        trimmed.{{ quoted_name(column.name ~ '__source') }},
        {% endfor %}
        {% endif %}
        {% for name, meta in contract.columns.items() %}
        {% if is_typed_already(columns, name, meta) %}
        trimmed.{{ value_of[name] }}{{ ',' if not loop.last }}
        {% else %}
        {% set value = given_value('trimmed.' ~ value_of[name], meta, native_kind(columns, name)) %}
        {{ erased_value(value, relation, columns, contract, name) }} as {{ value_of[name] }}{{ ',' if not loop.last }}
        {% endif %}
        {% endfor %}
    from trimmed
    {{- erased_joins(relation, columns, contract) }}
),

typed as (
    select
        raw_rows.*,
        {% for name, meta in contract.columns.items() if value_of[name] != name %}
        {% set parsed = parse_raw('raw_rows.' ~ value_of[name], meta, native_kind(columns, name)) %}
        {{ parsed }} as {{ name ~ ('__typed' if name in dates else '') }},
        {% endfor %}
        {{ row_key(contract, value_of) }} as row_key
    from raw_rows
),

parsed as (
    select
        typed.*,
        {% for name in dates %}
        {{ usable_date(contract, dates, name) }} as {{ name }},
        {% endfor %}
        {% if settles_duplicates %}
        row_number() over (
            partition by {{ given_columns(contract, value_of) }}{{ ', typed.not_taken' if 'not_taken' in columns }}
            order by {{ 'typed.loaded_at__typed desc nulls last, ' if 'loaded_at' in columns }}typed.row_data desc
        ) as copy_number
        {% else %}
        1 as copy_number
        {% endif %}
    from typed
),
{%- endmacro %}

{# The values of a row before parsing. Two rows with the same values are copies. #}
{% macro given_columns(contract, value_of) -%}
    {%- set values = [] -%}
    {%- for name in contract.columns if name != 'loaded_at' -%}
        {%- do values.append('typed.' ~ value_of[name]) -%}
    {%- endfor -%}
    {{- values | join(', ') -}}
{%- endmacro %}
