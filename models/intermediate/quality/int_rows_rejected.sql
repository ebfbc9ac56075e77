with

final as (
    {% for raw in raw_tables() %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        row_key,
        reject_reason,
        reject_detail,
        row_data
    from {{ ref('base_' ~ raw.system ~ '__' ~ raw.table) }}
    where row_status = 'rejected'
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
