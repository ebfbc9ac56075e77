-- Quantity x unit_amount is what Stripe bills for an interval, also where a price has tiers, packages, tax or a second
-- currency.
with

states as (
    select * from {{ ref('con_stripe__item_states') }}
),

prices as (
    select * from {{ ref('con_stripe__prices') }}
    where place = 1
),

tier_totals as (
    select * from {{ ref('con_stripe__tier_totals') }}
),

line_amounts as (
    select * from {{ ref('con_stripe__line_amounts') }}
),

described as (
    select
        states.*,
        prices.product_id,
        prices.unit,
        prices.is_metered,
        prices.is_one_time,
        prices.billing_interval,
        prices.billing_interval_count,
        prices.interval_months,
        prices.amount_factor,
        prices.unit_amount as list_amount,
        prices.divide_by,
        prices.round_to,
        coalesce(line_amounts.currency, prices.currency) as currency,
        line_amounts.currency <> prices.currency and line_amounts.amount_per_unit is not null as has_other_currency,
        prices.includes_tax and line_amounts.unit_amount_without_tax is not null as has_amount_without_tax,
        prices.unit_amount is null and prices.tiers_mode is not null as has_tiers,
        line_amounts.amount_per_unit,
        line_amounts.unit_amount_without_tax,
        tier_totals.amount as tier_amount,
        states.quantity / nullif(prices.divide_by, 0) as packages
    from states
    left join prices
        on states.price_id = prices.price_id
    left join tier_totals
        on states.price_id = tier_totals.price_id
        and states.quantity = tier_totals.quantity
    left join line_amounts
        on states.item_id = line_amounts.item_id
        and states.effective_from = line_amounts.effective_from
),

billed as (
    select
        described.*,
        case
            when described.is_metered then coalesce(described.tier_amount, 0)
            when described.has_other_currency then described.quantity * described.amount_per_unit
            when described.has_amount_without_tax then described.quantity * described.unit_amount_without_tax
            when described.tier_amount is not null and described.has_tiers then described.tier_amount
            when described.has_tiers then described.quantity * described.amount_per_unit
            when described.divide_by > 0
                then
                    described.list_amount
                    * case
                        when described.round_to = 'down' then floor(described.packages)
                        else ceil(described.packages)
                    end
            else described.quantity * described.list_amount
        end as billed_amount
    from described
),

counted as (
    select
        billed.*,
        case when billed.quantity = 0 and billed.billed_amount > 0 then 1 else billed.quantity end as billed_quantity
    from billed
),

final as (
    select
        counted.subscription_id,
        counted.item_id,
        counted.is_present,
        counted.is_latest,
        counted.price_id,
        counted.product_id,
        counted.effective_from,
        counted.effective_to,
        counted.billed_quantity as quantity,
        case
            when counted.billed_quantity = 0 then coalesce(counted.list_amount, 0) * counted.amount_factor
            else counted.billed_amount / counted.billed_quantity * counted.amount_factor
        end as unit_amount,
        counted.billing_interval,
        counted.billing_interval_count,
        counted.interval_months,
        counted.amount_factor,
        counted.unit,
        counted.currency,
        counted.is_one_time,
        case
            when counted.interval_months > 0 then counted.billed_amount / counted.interval_months
            else counted.billed_amount * counted.amount_factor * 52 / 12 / nullif(counted.billing_interval_count, 0)
        end as monthly_amount
    from counted
)

select * from final
