with

rolled_up as (
    select * from {{ ref('base_product__usage_rolled_up') }}
),

final as (
    select
        rolled_up.account_id,
        rolled_up.feature_key,
        rolled_up.month,
        rolled_up.feature_events as events,
        rolled_up.quantity,
        rolled_up.day_bits,
        -- The lowest bit tells the first day.
        {{ add_days('rolled_up.month', 'bit_count((rolled_up.day_bits & (-rolled_up.day_bits)) - 1)') }} as first_used_on
    from rolled_up
    where rolled_up.rollup = 'feature_months'
        and rolled_up.feature_key <> 'login'
)

select * from final
