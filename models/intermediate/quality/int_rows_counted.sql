-- Raw rows are counted in the extract, verdicts in base and accepted rows in staging.
with

raw_tables as (
    select * from {{ ref('base_raw_tables') }}
),

usage_rows as (
    select * from {{ ref('base_product__rows_counted') }}
),

judged as (
    {% for raw in raw_tables() if not raw.is_usage %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        count_if(base_rows.row_status = 'duplicate') as duplicate_rows,
        count_if(base_rows.row_status = 'rejected') as rejected_rows
    from {{ ref('base_' ~ raw.system ~ '__' ~ raw.table) }} as base_rows
    union all
    {% endfor %}
    select
        'product' as source_system,
        usage_rows.table_name,
        sum(usage_rows.duplicate_rows) as duplicate_rows,
        sum(usage_rows.rejected_rows) as rejected_rows
    from usage_rows
    group by usage_rows.table_name
),

accepted as (
    {% for raw in raw_tables() if not raw.is_usage %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        count(*) as accepted_rows
    from {{ ref('stg_' ~ raw.system ~ '__' ~ raw.table) }}
    union all
    {% endfor %}
    select
        'product' as source_system,
        usage_rows.table_name,
        sum(usage_rows.accepted_rows) as accepted_rows
    from usage_rows
    group by usage_rows.table_name
),

final as (
    select
        raw_tables.source_system,
        raw_tables.table_name,
        raw_tables.is_present,
        raw_tables.raw_rows,
        raw_tables.not_taken_rows,
        coalesce(accepted.accepted_rows, 0) as accepted_rows,
        coalesce(judged.duplicate_rows, 0) as duplicate_rows,
        coalesce(judged.rejected_rows, 0) as rejected_rows
    from raw_tables
    left join accepted
        on raw_tables.source_system = accepted.source_system
        and raw_tables.table_name = accepted.table_name
    left join judged
        on raw_tables.source_system = judged.source_system
        and raw_tables.table_name = judged.table_name
)

select * from final
