-- Only rows that count are looked at. Of the values that were not used, a placeholder date makes the poorer example.
with

usage_rows as (
    select * from {{ ref('base_product__rows_counted') }}
),

counted as (
    {% for raw in raw_tables() if not raw.is_usage %}
    {% set base = ref('base_' ~ raw.system ~ '__' ~ raw.table) %}
    {% if execute %}
    {% for name, meta in checked_columns(raw.system, raw.table).items() %}
    {% set invalid = 'base_rows.' ~ name ~ '__invalid' %}
    {% set placeholder = is_placeholder_text(invalid) if meta.type in ('date', 'timestamp') else 'false' %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        '{{ name }}' as column_name,
        {{ is_held_to_limit(meta) }} as is_held_to_limit,
        {{ 'count(*)' if name == 'loaded_at' else 'count(base_rows.' ~ name ~ ') + count(' ~ invalid ~ ')' }} as values_given,
        count({{ invalid }}) as values_nulled,
        count_if({{ invalid }} is not null and {{ placeholder }}) as placeholder_values,
        min(case when {{ placeholder }} then '2' else '1' end || {{ invalid }} || chr(31) || base_rows.row_key) as example
    from {{ base }} as base_rows
    where base_rows.row_status = 'accepted'
    union all
    {% endfor %}
    {% endif %}
    {% endfor %}
    {% for name in ['quantity', 'duration_seconds', 'loaded_at'] %}
    select
        'product' as source_system,
        usage_rows.table_name,
        '{{ name }}' as column_name,
        true as is_held_to_limit,
        sum(usage_rows.accepted_rows) as values_given,
        sum(usage_rows.{{ name }}_nulled) as values_nulled,
        0 as placeholder_values,
        '1' || min(usage_rows.{{ name }}_example) as example
    from usage_rows
    group by usage_rows.table_name
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        counted.source_system,
        counted.table_name,
        counted.column_name,
        counted.is_held_to_limit,
        counted.values_given,
        counted.values_nulled,
        counted.placeholder_values,
        substr(split_part(counted.example, chr(31), 1), 2) as example,
        nullif(split_part(counted.example, chr(31), 2), '') as example_row
    from counted
)

select * from final
