with

judged_rows as (
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
),

numbered as (
    select
        judged_rows.*,
        row_number() over (
            partition by judged_rows.source_system, judged_rows.table_name, judged_rows.row_key, judged_rows.reject_reason
            order by judged_rows.row_data
        ) as row_number_of_key
    from judged_rows
),

final as (
    select
        numbered.source_system,
        numbered.table_name,
        case
            when numbered.row_number_of_key > 1 then numbered.row_key || '#' || cast(numbered.row_number_of_key as string)
            else numbered.row_key
        end as row_key,
        numbered.reject_reason as reason,
        numbered.reject_detail as detail,
        numbered.row_data
    from numbered
)

select * from final
