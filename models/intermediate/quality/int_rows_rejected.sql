{% set days_on = {'events': 'cast(base_rows.occurred_at as date)', 'usage_daily': 'base_rows.usage_on'} %}
-- Usage has many rows, so only days with rejected rows in the roll-up are read.
with

usage_rows as (
    select * from {{ ref('base_product__rows_counted') }}
),

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
    {% if raw.is_usage %}
    inner join usage_rows
        on {{ days_on[raw.table] }} is not distinct from usage_rows.usage_on
        and usage_rows.table_name = '{{ raw.table }}'
        and usage_rows.rejected_rows > 0
    -- The condition names both sides, so that DuckDB finds the days first. If there are none, it reads no rows.
    where case when usage_rows.rejected_rows > 0 then base_rows.row_status end = 'rejected'
    {% else %}
    where base_rows.row_status = 'rejected'
    {% endif %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
