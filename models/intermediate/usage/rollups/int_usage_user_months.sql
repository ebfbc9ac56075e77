with

rolled_up as (
    select * from {{ ref('base_product__usage_rolled_up') }}
),

final as (
    select
        rolled_up.account_id,
        rolled_up.user_id,
        rolled_up.month,
        rolled_up.day_bits
    from rolled_up
    where rolled_up.rollup = 'user_months'
        and rolled_up.user_id is not null
        and rolled_up.day_bits > 0
)

select * from final
