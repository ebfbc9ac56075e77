{#
    The CTEs raw_rows and parsed: every row of a raw table, trimmed and typed by the contract, what did not parse null.

    value_of                   the column that holds what was given, by column of the contract
    settles_duplicates         as of judged_rows
#}
{% macro parsed_rows(relation, columns, contract, value_of, settles_duplicates) -%}
raw_rows as (
    select
        {% if settles_duplicates %}
        {{ raw_row_data(columns, 'raw_source', '') }} as row_data,
        {% else %}
        {% for column in columns.values() %}
        raw_source.{{ adapter.quote(column.name) }} as {{ adapter.quote(column.name ~ '__source') }},
        {% endfor %}
        {{ 'raw_source.filename' if relation is string and 'filename' not in columns else 'cast(null as string)' }} as source_file,
        {% endif %}
        {% for name, meta in contract.columns.items() %}
        {% if meta.type in ('id', 'text') %}
        {{ 'upper(' ~ raw_text(columns, name) ~ ')' if name == 'currency' else raw_text(columns, name) }} as {{ name }}{{ ',' if not loop.last }}
        {% elif value_of[name] == name %}
        cast(raw_source.{{ adapter.quote(columns[name].name) }} as {{ contract_sql_type(meta.type) }}) as {{ name }}{{ ',' if not loop.last }}
        {% else %}
        {{ raw_value(columns, name, meta) }} as {{ value_of[name] }}{{ ',' if not loop.last }}
        {% endif %}
        {% endfor %}
    from {{ relation if relation is not none else '(select 1 as absent)' }} as raw_source
    {% if relation is none %}
    where 1 = 0
    {% endif %}
),

parsed as (
    select
        raw_rows.*,
        {% for name, meta in contract.columns.items() if value_of[name] != name %}
        {{ parse_raw('raw_rows.' ~ value_of[name], meta, native_kind(columns, name)) }} as {{ name }},
        {% endfor %}
        {{ row_key(contract, value_of) }} as row_key,
        {% if settles_duplicates %}
        row_number() over (partition by raw_rows.row_data order by raw_rows.row_data) as copy_number
        {% else %}
        1 as copy_number
        {% endif %}
    from raw_rows
),
{%- endmacro %}
