-- The weight of a component for an account on a date, by its touch tier if the scheme has weights by tier.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

health_weights as (
    select * from {{ ref('policy_health_weights') }}
),

customer_tiers as (
    select
        customers.snapshot_date,
        customers.account_id,
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier
    from customers
    left join touch_tiers
        on customers.account_id = touch_tiers.account_id
        and customers.segment_month = touch_tiers.month
),

final as (
    select
        customer_tiers.snapshot_date,
        customer_tiers.account_id,
        customer_tiers.touch_tier,
        health_weights.scheme,
        health_weights.component,
        health_weights.weight
    from customer_tiers
    inner join health_weights
        on health_weights.touch_tier is null or customer_tiers.touch_tier = health_weights.touch_tier
)

select * from final
