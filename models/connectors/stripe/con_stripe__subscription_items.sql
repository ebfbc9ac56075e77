-- A subscription's own discount displaces its customer's. Several multiply. An amount off is shared in proportion to
-- what the items bill, and never takes more than they bill.
with

item_periods as (
    select * from {{ ref('con_stripe__item_periods') }}
),

discount_periods as (
    select * from {{ ref('con_stripe__discount_periods') }}
),

subscriptions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
    where is_current_version
),

held as (
    select
        item_periods.item_id,
        item_periods.effective_from,
        item_periods.currency,
        discount_periods.is_own,
        discount_periods.percent_off,
        discount_periods.amount_off,
        discount_periods.currency as amount_currency,
        discount_periods.is_temporary,
        max(case when discount_periods.is_own then 1 else 0 end) over (
            partition by item_periods.item_id, item_periods.effective_from
        ) as has_own
    from item_periods
    inner join discount_periods
        on item_periods.subscription_id = discount_periods.subscription_id
        and {{ in_force('item_periods.effective_from', 'discount_periods.holds_from', 'discount_periods.holds_to') }}
),

discounts as (
    select
        held.item_id,
        held.effective_from,
        case
            when max(held.percent_off) >= 100 then 100
            when max(held.percent_off) > 0
                then
                    case
                        when count(held.percent_off) = 1 then max(held.percent_off)
                        else
                            round(
                                100 - 100 * exp(sum(ln(
                                    case when held.percent_off < 100 then 1 - held.percent_off / 100 else 1 end
                                ))),
                                9
                            )
                    end
        end as percent_off,
        sum(case when held.amount_currency = held.currency then held.amount_off end) as amount_off,
        count_if(not held.is_temporary) = 0 as is_temporary
    from held
    where held.is_own or held.has_own = 0
    group by held.item_id, held.effective_from
),

discounted as (
    select
        item_periods.*,
        discounts.percent_off,
        discounts.amount_off,
        discounts.is_temporary,
        item_periods.quantity * item_periods.unit_amount * (1 - coalesce(discounts.percent_off, 0) / 100)
            as billed_amount
    from item_periods
    left join discounts
        on item_periods.item_id = discounts.item_id
        and item_periods.effective_from = discounts.effective_from
),

shared as (
    select
        discounted.*,
        sum(
            case when discounted.effective_from is distinct from discounted.effective_to
                then discounted.billed_amount / discounted.amount_factor
            end
        ) over (partition by discounted.subscription_id, discounted.effective_from, discounted.currency)
            as billed_together
    from discounted
),

final as (
    select
        shared.subscription_id,
        shared.item_id,
        shared.product_id,
        shared.price_id as plan_id,
        shared.effective_from,
        shared.effective_to,
        shared.quantity,
        shared.unit_amount,
        cast(shared.percent_off as double) as discount_percent,
        shared.is_temporary as is_temporary_discount,
        shared.billing_interval,
        shared.billing_interval_count,
        case
            when shared.amount_off > 0 and shared.billed_together > 0
                then shared.billed_amount * (least(shared.amount_off, shared.billed_together) / shared.billed_together)
        end as discount_amount,
        shared.unit,
        shared.currency,
        cast(null as timestamp) as loaded_at,
        case
            when subscriptions.not_taken is not null then subscriptions.not_taken
            when shared.is_one_time then 'one_time'
        end as not_taken
    from shared
    left join subscriptions
        on shared.subscription_id = subscriptions.subscription_id
)

select * from final
