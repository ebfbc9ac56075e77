with

final as (
    {% for raw in raw_tables() %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        base_rows.row_key,
        base_rows.reject_reason,
        base_rows.reject_detail,
        base_rows.row_data
    from {{ ref('base_' ~ raw.system ~ '__' ~ raw.table) }} as base_rows
    where base_rows.row_status = 'rejected'
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
