-- A feature that nobody used may have measured units. It then has no day.
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
        coalesce(rolled_up.day_bits, 0) as day_bits,
        -- The lowest bit is the first day.
        case
            when rolled_up.day_bits > 0
                then {{ add_days('rolled_up.month', 'bit_count((rolled_up.day_bits & (-rolled_up.day_bits)) - 1)') }}
        end as first_used_on
    from rolled_up
    where rolled_up.rollup = 'feature_months'
        and rolled_up.feature_key <> 'login'
        and (rolled_up.day_bits > 0 or rolled_up.quantity is not null)
)

select * from final
