-- A discount holds for the billing periods whose first day lies in it. Once is one period. Before any period is billed,
-- the discount's own days count.
with

discounts as (
    select * from {{ ref('con_stripe__discounts') }}
),

subscriptions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
    where is_current_version
),

item_amounts as (
    select * from {{ ref('con_stripe__item_amounts') }}
    where is_latest
),

billing_periods as (
    select * from {{ ref('con_stripe__billing_periods') }}
),

intervals as (
    select
        item_amounts.subscription_id,
        greatest(coalesce(max(item_amounts.interval_months), 1), 1) as interval_months
    from item_amounts
    group by item_amounts.subscription_id
),

owned as (
    {% for id in ['subscription_id', 'customer_id'] %}
    select
        subscriptions.subscription_id,
        subscriptions.started_on,
        discounts.discount_id,
        discounts.percent_off,
        discounts.amount_off,
        discounts.currency,
        discounts.duration,
        discounts.months,
        discounts.starts_at,
        discounts.ends_at,
        {{ 'true' if id == 'subscription_id' else 'false' }} as is_own
    from discounts
    inner join subscriptions
        on discounts.{{ id }} = subscriptions.{{ id }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

stated as (
    select
        owned.subscription_id,
        owned.discount_id,
        owned.is_own,
        owned.percent_off,
        owned.amount_off,
        owned.currency,
        owned.duration,
        coalesce(cast(owned.starts_at as date), owned.started_on) as stated_from,
        case
            when owned.ends_at is not null then cast(owned.ends_at as date)
            when owned.duration = 'repeating'
                then cast(
                    coalesce(cast(owned.starts_at as date), owned.started_on)
                    + owned.months * interval '1' month as date
                )
        end as stated_to,
        coalesce(intervals.interval_months, 1) as interval_months
    from owned
    left join intervals
        on owned.subscription_id = intervals.subscription_id
),

begun as (
    select
        stated.subscription_id,
        stated.discount_id,
        coalesce(min(billing_periods.starts_on), max(stated.stated_from)) as holds_from
    from stated
    left join billing_periods
        on stated.subscription_id = billing_periods.subscription_id
        and stated.stated_from <= billing_periods.starts_on
    group by stated.subscription_id, stated.discount_id
),

next_periods as (
    select
        stated.subscription_id,
        stated.discount_id,
        min(case when billing_periods.starts_on > begun.holds_from then billing_periods.starts_on end) as second_from,
        min(case when billing_periods.starts_on >= stated.stated_to then billing_periods.starts_on end) as first_after
    from stated
    inner join begun
        on stated.subscription_id = begun.subscription_id
        and stated.discount_id = begun.discount_id
    left join billing_periods
        on stated.subscription_id = billing_periods.subscription_id
    group by stated.subscription_id, stated.discount_id
),

final as (
    select
        stated.subscription_id,
        stated.discount_id,
        stated.is_own,
        stated.percent_off,
        stated.amount_off,
        stated.currency,
        stated.duration <> 'forever' as is_temporary,
        begun.holds_from,
        case
            when stated.duration = 'once'
                then coalesce(
                    next_periods.second_from,
                    cast(begun.holds_from + stated.interval_months * interval '1' month as date)
                )
            else coalesce(next_periods.first_after, stated.stated_to)
        end as holds_to
    from stated
    inner join begun
        on stated.subscription_id = begun.subscription_id
        and stated.discount_id = begun.discount_id
    inner join next_periods
        on stated.subscription_id = next_periods.subscription_id
        and stated.discount_id = next_periods.discount_id
)

select * from final
