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

candidates as (
    select
        states.item_id,
        states.effective_from,
        whole_lines.amount_per_unit,
        whole_lines.unit_amount_without_tax,
        row_number() over (
            partition by states.item_id, states.effective_from
            order by
                case when whole_lines.item_id = states.item_id then 0 else 1 end,
                case when whole_lines.quantity = states.quantity then 0 else 1 end,
                whole_lines.period_start desc,
                whole_lines.line_id desc
        ) as newest
    from states
    inner join currencies
        on states.item_id = currencies.item_id and currencies.newest = 1
    inner join whole_lines
        on states.price_id = whole_lines.price_id
        and currencies.currency = whole_lines.currency
),

final as (
    select
        states.item_id,
        states.effective_from,
        currencies.currency,
        candidates.amount_per_unit,
        candidates.unit_amount_without_tax
    from states
    inner join currencies
        on states.item_id = currencies.item_id and currencies.newest = 1
    left join candidates
        on states.item_id = candidates.item_id
        and states.effective_from = candidates.effective_from
        and candidates.newest = 1
)

select * from final
