-- The row counts of the usage tables by day.
with

rolled_up as (
    select * from {{ ref('base_product__usage_rolled_up') }}
),

final as (
    select
        rolled_up.table_name,
        rolled_up.usage_on,
        rolled_up.raw_rows,
        rolled_up.accepted_rows,
        rolled_up.duplicate_rows,
        rolled_up.rejected_rows,
        rolled_up.quantity_nulled,
        rolled_up.quantity_example,
        rolled_up.duration_seconds_nulled,
        rolled_up.duration_seconds_example,
        rolled_up.loaded_at_nulled,
        rolled_up.loaded_at_example
    from rolled_up
    where rolled_up.rollup = 'rows'
)

select * from final
