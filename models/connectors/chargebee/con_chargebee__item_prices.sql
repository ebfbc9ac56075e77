-- Prices in major units, with their billing interval in months or weeks.
with

item_prices as (
    select * from ({{ loaded_rows('chargebee', 'item_price') }}) as loaded
),

items as (
    select * from ({{ loaded_rows('chargebee', 'item') }}) as loaded
    where loaded._version = 1
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

final as (
    select
        item_prices.id as plan_id,
        item_prices.name as plan_name,
        coalesce(item_prices.item_id, item_prices.id) as product_id,
        items.name as product_name,
        lower(item_prices.item_type) as item_type,
        lower(item_prices.pricing_model) as pricing_model,
        coalesce(item_prices.metered, items.metered, false) as is_metered,
        {{ billing_interval_months('item_prices.period', 'item_prices.period_unit') }} as interval_months,
        {{ billing_interval_days('item_prices.period', 'item_prices.period_unit') }} as interval_days,
        item_prices.currency_code as currency,
        coalesce(
            item_prices.price_in_decimal, item_prices.price / power(10, coalesce(minor_units.minor_units, 2))
        ) as unit_amount,
        item_prices._version as version_number
    from item_prices
    left join items
        on item_prices.item_id = items.id
    left join minor_units
        on item_prices.currency_code = minor_units.currency
)

select * from final
