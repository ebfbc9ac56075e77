-- What an invoice bills of an item for a period is a state of the item. A line shorter than the billing interval is
-- prorated: its quantity holds, its price does not.
with

lines as (
    select * from ({{ loaded_rows('chargebee', 'invoice_line_item') }}) as loaded
    where loaded._version = 1
        and lower(loaded.entity_type) in ('plan_item_price', 'addon_item_price')
        and not coalesce(loaded.deleted, false)
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
        lines.subscription_id,
        lines.entity_id as plan_id,
        case when lower(lines.entity_type) = 'plan_item_price' then 'plan' else 'addon' end as item_type,
        lines.id as line_id,
        lines.date_from,
        cast(lines.date_from as date) as billed_from,
        -- A period may end in its last second.
        cast(lines.date_to + interval '1' minute as date) as billed_to,
        coalesce(lines.quantity, 1) as quantity,
        case
            when coalesce(item_prices.pricing_model, 'per_unit') in ('flat_fee', 'per_unit')
                then coalesce(
                    lines.unit_amount_in_decimal, lines.unit_amount / power(10, coalesce(minor_units.minor_units, 2))
                )
        end as stated_amount,
        coalesce(lines.amount_in_decimal, lines.amount / power(10, coalesce(minor_units.minor_units, 2)))
            as billed_amount,
        coalesce(item_prices.interval_days, round(
            coalesce(item_prices.interval_months, subscriptions.interval_months, 1) * 365.25 / 12, 0
        )) as interval_days,
        coalesce(item_prices.product_id, lines.entity_id) as product_id,
        coalesce(item_prices.is_metered, false) as is_metered,
        item_prices.interval_days as days_of_price,
        coalesce(item_prices.interval_months, subscriptions.interval_months) as months_of_price,
        item_prices.pricing_model,
        subscriptions.currency,
        subscriptions.not_taken
    from lines
    inner join subscriptions
        on lines.subscription_id = subscriptions.subscription_id
    left join item_prices
        on lines.entity_id = item_prices.plan_id
    left join minor_units
        on subscriptions.currency = minor_units.currency
),

-- How many billing intervals of its price a line bills: a monthly price on a yearly invoice is billed 12 times.
lengths as (
    select
        amounts.*,
        {{ days_between('amounts.billed_from', 'amounts.billed_to') }} / cast(amounts.interval_days as double)
            as intervals_billed,
        case
            when amounts.days_of_price is not null
                then amounts.billed_to >= {{ add_days('amounts.billed_from', 'amounts.days_of_price') }}
            else amounts.billed_to >= cast(
                amounts.billed_from + coalesce(amounts.months_of_price, 1) * interval '1' month as date
            )
        end as is_whole
    from amounts
    where amounts.billed_amount >= 0
),

final as (
    select
        lengths.subscription_id,
        lengths.subscription_id || ':' || case when lengths.item_type = 'plan' then 'plan' else lengths.plan_id end
            as item_id,
        lengths.plan_id,
        lengths.product_id,
        lengths.item_type,
        lengths.line_id,
        lengths.date_from,
        lengths.billed_from,
        lengths.billed_to,
        lengths.currency,
        case
            when lengths.is_metered then 'usage'
            when lengths.pricing_model = 'flat_fee' then 'flat'
            else '{{ source_setting("chargebee", "unit_without_label") }}'
        end as unit,
        lengths.days_of_price as interval_days,
        lengths.months_of_price as interval_months,
        lengths.not_taken,
        case when lengths.is_metered then 0 else lengths.quantity end as quantity,
        case
            when lengths.is_metered then 0
            when lengths.is_whole
                then coalesce(lengths.stated_amount, lengths.billed_amount / nullif(lengths.quantity, 0))
                    / greatest(round(lengths.intervals_billed, 0), 1)
        end as unit_amount,
        coalesce(lengths.billed_amount / nullif(lengths.quantity, 0), lengths.stated_amount)
            / nullif(lengths.intervals_billed, 0) as amount_in_proportion
    from lengths
)

select * from final
