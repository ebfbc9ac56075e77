{#
    Item states cut where a discount begins or ends, with all columns of billing.subscription_items and not_taken.

    states     relation: one row per state of an item: subscription_id, item_id, product_id, plan_id, state_from,
               state_to, quantity, unit_amount, billing_interval, billing_interval_count, unit, currency,
               amount_factor (billing intervals of the item in one of the invoice), not_taken
    discounts  relation: one row per discount of a subscription: subscription_id, discount_id, plan_id (null: all
               items), discount_from, discount_to, percent_off, amount_off, currency, is_temporary

    Several percentages multiply. The items in force share an amount in proportion, and never bill less than 0.
#}
{% macro discounted_items(states, discounts) -%}
with

{{ discount_pieces(states, discounts) }}

piece_discounts as (
    select
        pieces.subscription_id,
        pieces.item_id,
        pieces.piece_from,
        pieces.quantity * pieces.unit_amount as full_amount,
        pieces.amount_factor,
        discounts.discount_id,
        discounts.percent_off,
        case when discounts.currency = pieces.currency then discounts.amount_off end as amount_off,
        discounts.is_temporary
    from pieces
    inner join discounts
        on pieces.subscription_id = discounts.subscription_id
        and {{ in_force('pieces.piece_from', 'discounts.discount_from', 'discounts.discount_to') }}
        and (discounts.plan_id is null or discounts.plan_id = pieces.plan_id)
),

percentages as (
    select
        piece_discounts.subscription_id,
        piece_discounts.item_id,
        piece_discounts.piece_from,
        case
            when max(piece_discounts.percent_off) >= 100 then 100.0
            else round(100 * (1 - exp(sum(
                ln(1 - case when piece_discounts.percent_off < 100 then piece_discounts.percent_off else 0 end / 100.0)
            ))), 9)
        end as percent_off,
        min(case when piece_discounts.is_temporary then 1 else 0 end) = 1 as is_temporary
    from piece_discounts
    where piece_discounts.percent_off is not null
        or piece_discounts.amount_off is not null
    group by piece_discounts.subscription_id, piece_discounts.item_id, piece_discounts.piece_from
),

-- What each item bills for the invoice's interval, in which an amount off counts.
amounts_billed as (
    select
        piece_discounts.*,
        piece_discounts.full_amount * (1 - coalesce(percentages.percent_off, 0) / 100) / piece_discounts.amount_factor
            as invoiced
    from piece_discounts
    left join percentages
        on piece_discounts.subscription_id = percentages.subscription_id
        and piece_discounts.item_id = percentages.item_id
        and piece_discounts.piece_from = percentages.piece_from
    where piece_discounts.amount_off is not null
),

amounts_shared as (
    select
        amounts_billed.*,
        sum(amounts_billed.invoiced) over (
            partition by amounts_billed.subscription_id, amounts_billed.discount_id, amounts_billed.piece_from
        ) as invoiced_together
    from amounts_billed
),

amounts as (
    select
        amounts_shared.subscription_id,
        amounts_shared.item_id,
        amounts_shared.piece_from,
        round(
            least(
                sum(amounts_shared.amount_off * amounts_shared.invoiced / nullif(amounts_shared.invoiced_together, 0)),
                max(amounts_shared.invoiced)
            ) * max(amounts_shared.amount_factor),
            9
        ) as amount_off
    from amounts_shared
    group by amounts_shared.subscription_id, amounts_shared.item_id, amounts_shared.piece_from
),

final as (
    select
        pieces.subscription_id,
        pieces.item_id,
        pieces.product_id,
        pieces.plan_id,
        pieces.piece_from as effective_from,
        pieces.piece_to as effective_to,
        cast(pieces.quantity as double) as quantity,
        cast(round(pieces.unit_amount, 9) as double) as unit_amount,
        cast(nullif(percentages.percent_off, 0) as double) as discount_percent,
        percentages.is_temporary as is_temporary_discount,
        pieces.billing_interval,
        cast(pieces.billing_interval_count as int) as billing_interval_count,
        cast(amounts.amount_off as double) as discount_amount,
        pieces.unit,
        pieces.currency,
        cast(null as timestamp) as loaded_at,
        pieces.not_taken
    from pieces
    left join percentages
        on pieces.subscription_id = percentages.subscription_id
        and pieces.item_id = percentages.item_id
        and pieces.piece_from = percentages.piece_from
    left join amounts
        on pieces.subscription_id = amounts.subscription_id
        and pieces.item_id = amounts.item_id
        and pieces.piece_from = amounts.piece_from
)

select * from final
{%- endmacro %}
