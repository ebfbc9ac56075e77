-- An item's rows, cut where a discount of its subscription begins or ends. An amount off is shared by the items in
-- force, so their changes cut too.
with

item_amounts as (
    select * from {{ ref('con_stripe__item_amounts') }}
),

discount_periods as (
    select * from {{ ref('con_stripe__discount_periods') }}
),

sharing as (
    select distinct discount_periods.subscription_id
    from discount_periods
    where discount_periods.amount_off is not null
),

cuts as (
    {% for name in ['holds_from', 'holds_to'] %}
    select
        discount_periods.subscription_id,
        discount_periods.{{ name }} as cut_on
    from discount_periods
    union
    {% endfor %}
    {% for name in ['effective_from', 'effective_to'] %}
    select
        item_amounts.subscription_id,
        item_amounts.{{ name }} as cut_on
    from item_amounts
    inner join sharing
        on item_amounts.subscription_id = sharing.subscription_id
    {{ 'union' if not loop.last }}
    {% endfor %}
),

starts as (
    select
        item_amounts.item_id,
        item_amounts.effective_from,
        item_amounts.effective_from as part_from
    from item_amounts
    union
    select
        item_amounts.item_id,
        item_amounts.effective_from,
        cuts.cut_on as part_from
    from item_amounts
    inner join cuts
        on item_amounts.subscription_id = cuts.subscription_id
        and item_amounts.effective_from < cuts.cut_on
        and (item_amounts.effective_to is null or cuts.cut_on < item_amounts.effective_to)
),

final as (
    select
        item_amounts.subscription_id,
        item_amounts.item_id,
        item_amounts.price_id,
        item_amounts.product_id,
        starts.part_from as effective_from,
        coalesce(
            lead(starts.part_from) over (
                partition by starts.item_id, starts.effective_from
                order by starts.part_from
            ),
            item_amounts.effective_to
        ) as effective_to,
        item_amounts.quantity,
        item_amounts.unit_amount,
        item_amounts.billing_interval,
        item_amounts.billing_interval_count,
        item_amounts.amount_factor,
        item_amounts.unit,
        item_amounts.currency,
        item_amounts.is_one_time
    from starts
    inner join item_amounts
        on starts.item_id = item_amounts.item_id
        and starts.effective_from is not distinct from item_amounts.effective_from
)

select * from final
