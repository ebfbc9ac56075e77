-- Each line of an invoice states a price from its first day on. A price that differs from the last line was changed
-- since, at the latest on the day on which the subscription was changed last.
with

lines as (
    select * from {{ ref('con_chargebee__lines') }}
),

items as (
    select * from {{ ref('con_chargebee__items') }}
    where not_taken is null
),

subscriptions as (
    select * from {{ ref('con_chargebee__subscription_states') }}
    where version_number = 1
),

lines_numbered as (
    select
        lines.*,
        row_number() over (
            partition by lines.item_id, lines.billed_from order by lines.date_from desc, lines.line_id desc
        ) as from_the_last,
        count(lines.unit_amount) over (
            partition by lines.item_id, lines.plan_id order by lines.billed_from desc, lines.date_from desc
        ) as whole_lines_ahead,
        count(lines.unit_amount) over (
            partition by lines.item_id, lines.plan_id order by lines.billed_from, lines.date_from
        ) as whole_lines_behind
    from lines
),

-- A prorated line has the price of the next whole line, else of the present, else of the last whole line.
lines_priced as (
    select
        lines_numbered.*,
        max(lines_numbered.unit_amount) over (
            partition by lines_numbered.item_id, lines_numbered.plan_id, lines_numbered.whole_lines_ahead
        ) as next_amount,
        max(lines_numbered.unit_amount) over (
            partition by lines_numbered.item_id, lines_numbered.plan_id, lines_numbered.whole_lines_behind
        ) as previous_amount
    from lines_numbered
),

lines_stated as (
    select
        lines_priced.subscription_id,
        lines_priced.item_id,
        lines_priced.plan_id,
        lines_priced.product_id,
        lines_priced.item_type,
        lines_priced.billed_from as stated_on,
        lines_priced.billed_to,
        lines_priced.quantity,
        coalesce(
            lines_priced.unit_amount,
            lines_priced.next_amount,
            items.unit_amount,
            lines_priced.previous_amount,
            lines_priced.amount_in_proportion
        ) as unit_amount,
        lines_priced.unit,
        lines_priced.currency,
        lines_priced.interval_months,
        lines_priced.interval_days,
        row_number() over (partition by lines_priced.item_id order by lines_priced.billed_from desc) as from_the_last
    from lines_priced
    left join items
        on lines_priced.item_id = items.item_id
        and lines_priced.plan_id = items.plan_id
    where lines_priced.from_the_last = 1
),

first_lines as (
    select
        lines.subscription_id,
        min(lines.billed_from) as billed_first_on
    from lines
    group by lines.subscription_id
),

items_changed as (
    select
        items.*,
        case
            when first_lines.subscription_id is null then subscriptions.started_on
            else greatest(
                subscriptions.changed_on, {{ add_days('lines_stated.stated_on', 1) }}, subscriptions.started_on
            )
        end as stated_on
    from items
    inner join subscriptions
        on items.subscription_id = subscriptions.subscription_id
    left join first_lines
        on items.subscription_id = first_lines.subscription_id
    left join lines_stated
        on items.item_id = lines_stated.item_id
        and lines_stated.from_the_last = 1
    where lines_stated.item_id is null
        or items.plan_id <> lines_stated.plan_id
        or items.quantity <> lines_stated.quantity
        or abs(items.unit_amount - lines_stated.unit_amount) > 0.000001
),

final as (
    {% for relation in ['lines_stated', 'items_changed'] %}
    select
        {{ relation }}.subscription_id,
        {{ relation }}.item_id,
        {{ relation }}.plan_id,
        {{ relation }}.product_id,
        {{ relation }}.item_type,
        {{ relation }}.stated_on,
        {{ relation ~ '.billed_to' if relation == 'lines_stated' else 'cast(null as date)' }} as billed_to,
        {{ relation }}.quantity,
        {{ relation }}.unit_amount,
        {{ relation }}.unit,
        {{ relation }}.currency,
        {{ relation }}.interval_months,
        {{ relation }}.interval_days
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
