with

usage_rows as (
    select * from {{ ref('base_product__rows_counted') }}
),

final as (
    {% for raw in raw_tables() if not raw.is_usage %}
    {% set base = ref('base_' ~ raw.system ~ '__' ~ raw.table) %}
    {% if execute %}
    {% for name, meta in raw_contract(raw.system, raw.table).columns.items() if not meta.required and meta.type not in ('id', 'text') %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        '{{ name }}' as column_name,
        count(base_rows.{{ name }}__invalid) as values_nulled,
        min(base_rows.{{ name }}__invalid) as example
    from {{ base }} as base_rows
    union all
    {% endfor %}
    {% endif %}
    {% endfor %}
    {% for name in ['quantity', 'duration_seconds', 'loaded_at'] %}
    select
        'product' as source_system,
        usage_rows.table_name,
        '{{ name }}' as column_name,
        sum(usage_rows.{{ name }}_nulled) as values_nulled,
        min(usage_rows.{{ name }}_example) as example
    from usage_rows
    group by usage_rows.table_name
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
