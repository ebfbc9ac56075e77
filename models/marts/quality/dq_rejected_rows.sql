with

rows_rejected as (
    select * from {{ ref('int_rows_rejected') }}
),

numbered as (
    select
        rows_rejected.*,
        row_number() over (
            partition by
                rows_rejected.source_system, rows_rejected.table_name,
                rows_rejected.row_key, rows_rejected.reject_reason
            order by rows_rejected.row_data
        ) as row_number_of_key
    from rows_rejected
),

final as (
    select
        numbered.source_system,
        numbered.table_name,
        case
            when numbered.row_number_of_key > 1
                then numbered.row_key || '#' || cast(numbered.row_number_of_key as string)
            else numbered.row_key
        end as row_key,
        numbered.reject_reason as reason,
        numbered.reject_detail as detail,
        numbered.row_data
    from numbered
)

select * from final
