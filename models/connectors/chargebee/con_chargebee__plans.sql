with

item_prices as (
    select * from {{ ref('con_chargebee__item_prices') }}
),

final as (
    select
        item_prices.plan_id,
        item_prices.plan_name,
        item_prices.product_id,
        item_prices.product_name,
        cast(null as int) as plan_rank,
        cast(null as timestamp) as loaded_at,
        case
            when item_prices.version_number > 1 then 'older_version'
            when item_prices.item_type = 'charge' then 'one_time'
        end as not_taken
    from item_prices
)

select * from final
