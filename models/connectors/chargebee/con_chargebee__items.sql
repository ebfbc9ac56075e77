-- The prices that a subscription has now, in major units.
with

subscription_items as (
    select * from ({{ loaded_rows('chargebee', 'subscription_item') }}) as loaded
    where loaded._version = 1
),

subscriptions as (
    select * from {{ ref('con_chargebee__subscription_states') }}
    where version_number = 1
),

item_prices as (
    select * from {{ ref('con_chargebee__item_prices') }}
    where version_number = 1
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

amounts as (
    select
        subscription_items.*,
        coalesce(subscriptions.currency, item_prices.currency) as currency,
        coalesce(lower(subscription_items.item_type), item_prices.item_type) as kind,
        item_prices.product_id,
        item_prices.pricing_model,
        item_prices.is_metered,
        item_prices.unit_amount as list_amount,
        coalesce(item_prices.interval_months, case
            when item_prices.interval_days is null then subscriptions.interval_months
        end) as interval_months,
        coalesce(item_prices.interval_days, case
            when item_prices.interval_months is null then subscriptions.interval_days
        end) as interval_days,
        power(10, coalesce(minor_units.minor_units, 2)) as units_in_one,
        subscriptions.not_taken as subscription_not_taken
    from subscription_items
    left join subscriptions
        on subscription_items.subscription_id = subscriptions.subscription_id
    left join item_prices
        on subscription_items.item_price_id = item_prices.plan_id
    left join minor_units
        on coalesce(subscriptions.currency, item_prices.currency) = minor_units.currency
),

final as (
    select
        amounts.subscription_id,
        amounts.subscription_id || ':' || case when amounts.kind = 'plan' then 'plan' else amounts.item_price_id end
            as item_id,
        amounts.item_price_id as plan_id,
        coalesce(amounts.product_id, amounts.item_price_id) as product_id,
        amounts.kind as item_type,
        amounts.currency,
        amounts.interval_months,
        amounts.interval_days,
        coalesce(amounts.is_metered, false) as is_metered,
        case
            when amounts.is_metered then 0
            else coalesce(amounts.quantity, 1)
        end as quantity,
        -- Tiers and free units show in the amount alone. A metered price commits the customer to nothing.
        case
            when amounts.is_metered then 0
            when (
                coalesce(amounts.pricing_model, 'per_unit') not in ('flat_fee', 'per_unit')
                or amounts.free_quantity > 0
            ) and amounts.quantity > 0 and coalesce(amounts.amount_in_decimal, amounts.amount) is not null
                then coalesce(amounts.amount_in_decimal, amounts.amount / amounts.units_in_one) / amounts.quantity
            else coalesce(
                amounts.unit_price_in_decimal, amounts.unit_price / amounts.units_in_one, amounts.list_amount
            )
        end as unit_amount,
        case
            when amounts.is_metered then 'usage'
            when amounts.pricing_model = 'flat_fee' then 'flat'
            else '{{ source_setting("chargebee", "unit_without_label") }}'
        end as unit,
        case
            when amounts.subscription_not_taken is not null then amounts.subscription_not_taken
            when amounts.kind = 'charge' then 'one_time'
            when amounts.deleted then 'deleted'
        end as not_taken
    from amounts
)

select * from final
