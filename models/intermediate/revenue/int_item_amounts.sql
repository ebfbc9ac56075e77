-- The recurring amount of an item in its own currency, and its days in force.
with

subscription_items as (
    select * from {{ ref('stg_billing__subscription_items') }}
),

choices as (
    select * from {{ ref('int_mrr_choices') }}
),

discounts_applied as (
    select
        subscription_items.*,
        coalesce(subscription_items.unit, 'seat') as unit_kind,
        coalesce(
            subscription_items.effective_to,
            lead(subscription_items.effective_from) over (
                partition by subscription_items.subscription_id, subscription_items.item_id
                order by subscription_items.effective_from
            )
        ) as in_force_to,
        case
            when choices.ignores_temporary_discounts and subscription_items.is_temporary_discount
                then subscription_items.quantity * subscription_items.unit_amount
            -- A discount above the price bills 0.
            else
                greatest(
                    subscription_items.quantity * subscription_items.unit_amount
                    * (1 - coalesce(subscription_items.discount_percent, 0) / 100)
                    - coalesce(subscription_items.discount_amount, 0),
                    0
                )
        end as amount_per_interval,
        choices.excludes_metered_items
    from subscription_items
    cross join choices
),

final as (
    select
        discounts_applied.subscription_id,
        discounts_applied.item_id,
        discounts_applied.product_id,
        discounts_applied.plan_id,
        discounts_applied.currency,
        discounts_applied.unit_kind,
        discounts_applied.quantity,
        discounts_applied.effective_from as in_force_from,
        discounts_applied.in_force_to,
        case when discounts_applied.unit_kind = 'usage' and discounts_applied.excludes_metered_items then 0 else 1 end
        * case discounts_applied.billing_interval
            when 'week' then discounts_applied.amount_per_interval * 52 / 12
            when 'month' then discounts_applied.amount_per_interval
            when 'quarter' then discounts_applied.amount_per_interval / 3
            when 'half_year' then discounts_applied.amount_per_interval / 6
            when 'year' then discounts_applied.amount_per_interval / 12
            when 'two_years' then discounts_applied.amount_per_interval / 24
            when 'three_years' then discounts_applied.amount_per_interval / 36
        end / coalesce(discounts_applied.billing_interval_count, 1) as monthly_amount
    from discounts_applied
)

select * from final
