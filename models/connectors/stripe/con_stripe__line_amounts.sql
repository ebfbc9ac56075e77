-- What the last whole line of an item and price charged for a unit: of the same quantity if there is one, else of any.
-- Another customer's line of the price and currency stands in where the item has none.
with

states as (
    select * from {{ ref('con_stripe__item_states') }}
),

lines as (
    select * from {{ ref('con_stripe__billed_lines') }}
),

currencies as (
    select
        lines.item_id,
        lines.currency,
        row_number() over (partition by lines.item_id order by lines.period_start desc, lines.line_id desc) as newest
    from lines
),

whole_lines as (
    select
        lines.*,
        lines.amount / lines.quantity as amount_per_unit
    from lines
    where not lines.is_proration
        and lines.amount > 0
        and lines.quantity > 0
),

own_lines as (
    select
        states.item_id,
        states.effective_from,
        whole_lines.amount_per_unit,
        whole_lines.unit_amount_without_tax,
        row_number() over (
            partition by states.item_id, states.effective_from
            order by
                case when whole_lines.quantity = states.quantity then 0 else 1 end,
                whole_lines.period_start desc,
                whole_lines.line_id desc
        ) as newest
    from states
    inner join currencies
        on states.item_id = currencies.item_id and currencies.newest = 1
    inner join whole_lines
        on states.item_id = whole_lines.item_id
        and states.price_id = whole_lines.price_id
        and currencies.currency = whole_lines.currency
),

lines_of_prices as (
    select
        whole_lines.price_id,
        whole_lines.currency,
        whole_lines.amount_per_unit,
        whole_lines.unit_amount_without_tax,
        row_number() over (
            partition by whole_lines.price_id, whole_lines.currency
            order by whole_lines.period_start desc, whole_lines.line_id desc
        ) as newest
    from whole_lines
),

final as (
    select
        states.item_id,
        states.effective_from,
        currencies.currency,
        coalesce(own_lines.amount_per_unit, lines_of_prices.amount_per_unit) as amount_per_unit,
        coalesce(own_lines.unit_amount_without_tax, lines_of_prices.unit_amount_without_tax) as unit_amount_without_tax
    from states
    inner join currencies
        on states.item_id = currencies.item_id and currencies.newest = 1
    left join own_lines
        on states.item_id = own_lines.item_id
        and states.effective_from = own_lines.effective_from
        and own_lines.newest = 1
    left join lines_of_prices
        on states.price_id = lines_of_prices.price_id
        and currencies.currency = lines_of_prices.currency
        and lines_of_prices.newest = 1
)

select * from final
