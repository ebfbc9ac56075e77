-- A price and a plan of one id are one plan.
with

prices as (
    select * from {{ ref('con_stripe__prices') }}
),

final as (
    select
        prices.price_id as plan_id,
        prices.plan_name,
        prices.product_id,
        prices.product_name,
        cast(null as int) as plan_rank,
        cast(null as timestamp) as loaded_at,
        case
            when prices.is_older_version then 'older_version'
            when not prices.is_live then 'test_mode'
            when prices.is_one_time then 'one_time'
        end as not_taken
    from prices
)

select * from final
