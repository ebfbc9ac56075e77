with

rows_counted as (
    select * from {{ ref('int_rows_counted') }}
),

final as (
    select
        rows_counted.source_system,
        rows_counted.table_name,
        rows_counted.is_present,
        cast(rows_counted.raw_rows as bigint) as raw_rows,
        cast(rows_counted.accepted_rows as bigint) as accepted_rows,
        cast(rows_counted.duplicate_rows as bigint) as duplicate_rows,
        cast(rows_counted.rejected_rows as bigint) as rejected_rows,
        cast(rows_counted.not_taken_rows as bigint) as not_taken_rows,
        cast(
            rows_counted.raw_rows - rows_counted.accepted_rows - rows_counted.duplicate_rows
            - rows_counted.rejected_rows - rows_counted.not_taken_rows as bigint
        ) as difference
    from rows_counted
)

select * from final
