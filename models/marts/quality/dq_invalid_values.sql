with

values_nulled as (
    select * from {{ ref('int_values_nulled') }}
),

final as (
    select
        values_nulled.source_system,
        values_nulled.table_name,
        values_nulled.column_name,
        cast(values_nulled.values_given as bigint) as values_given,
        cast(values_nulled.values_nulled as bigint) as values_nulled,
        cast(values_nulled.placeholder_values as bigint) as placeholder_values,
        values_nulled.is_held_to_limit,
        values_nulled.example,
        values_nulled.example_row
    from values_nulled
    where values_nulled.values_nulled > 0
)

select * from final
