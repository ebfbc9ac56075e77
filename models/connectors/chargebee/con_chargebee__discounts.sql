-- Discounts and coupons of subscriptions, one row each. One without a day of its own holds from the start.
with

discounts as (
    select * from ({{ loaded_rows('chargebee', 'subscription_discount') }}) as loaded
    where loaded._version = 1
        and not coalesce(loaded.deleted, false)
),

subscription_coupons as (
    select * from ({{ loaded_rows('chargebee', 'subscription_coupon') }}) as loaded
    where loaded._version = 1
        and not coalesce(loaded.deleted, false)
),

coupons as (
    select * from ({{ loaded_rows('chargebee', 'coupon') }}) as loaded
    where loaded._version = 1
),

subscriptions as (
    select * from {{ ref('con_chargebee__subscription_states') }}
    where version_number = 1
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

given as (
    select
        discounts.subscription_id,
        discounts.id as discount_id,
        discounts.item_price_id as plan_id,
        cast(discounts.created_at as date) as given_on,
        cast(discounts.apply_till as date) as applies_till,
        discounts.percentage as percent_off,
        discounts.amount,
        discounts.currency_code as currency,
        lower(discounts.duration_type) as duration_type,
        discounts.period,
        coalesce(discounts.period_unit, 'month') as period_unit
    from discounts
    union all
    select
        subscription_coupons.subscription_id,
        subscription_coupons.coupon_id as discount_id,
        cast(null as string) as plan_id,
        cast(null as date) as given_on,
        cast(subscription_coupons.apply_till as date) as applies_till,
        coupons.discount_percentage as percent_off,
        coupons.discount_amount as amount,
        coupons.currency_code as currency,
        lower(coupons.duration_type) as duration_type,
        coupons.period,
        coalesce(coupons.period_unit, 'month') as period_unit
    from subscription_coupons
    inner join coupons
        on subscription_coupons.coupon_id = coupons.id
    -- A discount that names its coupon is that coupon.
    left join discounts
        on subscription_coupons.subscription_id = discounts.subscription_id
        and subscription_coupons.coupon_id = discounts.coupon_id
    where discounts.id is null
),

dated as (
    select
        given.*,
        -- What is given within a billing period holds from the next one on.
        coalesce(
            {{ period_start('subscriptions.started_on', 'given.given_on', 'subscriptions.interval_months') }},
            subscriptions.started_on
        ) as discount_from,
        subscriptions.started_on,
        subscriptions.interval_months,
        subscriptions.interval_days,
        coalesce(given.currency, subscriptions.currency) as amount_currency,
        {{ billing_interval_months('given.period', 'given.period_unit') }} as months_given,
        {{ billing_interval_days('given.period', 'given.period_unit') }} as days_given
    from given
    inner join subscriptions
        on given.subscription_id = subscriptions.subscription_id
),

stated_ends as (
    select
        dated.*,
        case
            when dated.duration_type = 'one_time' then {{ add_days('dated.discount_from', 1) }}
            when dated.applies_till is not null then dated.applies_till
            when dated.duration_type = 'limited_period' and dated.days_given is not null
                then {{ add_days('dated.discount_from', 'dated.days_given') }}
            when dated.duration_type = 'limited_period'
                then cast(dated.discount_from + dated.months_given * interval '1' month as date)
        end as stated_end_on
    from dated
),

-- A discount covers the billing periods that begin before its end. One for a single time covers one period.
final as (
    select
        stated_ends.subscription_id,
        stated_ends.discount_id,
        stated_ends.plan_id,
        stated_ends.discount_from,
        case
            when stated_ends.interval_months is not null
                then {{ period_start(
                    'stated_ends.started_on', 'stated_ends.stated_end_on', 'stated_ends.interval_months'
                ) }}
            when stated_ends.duration_type = 'one_time'
                then {{ add_days('stated_ends.discount_from', 'stated_ends.interval_days') }}
            else stated_ends.stated_end_on
        end as discount_to,
        case when stated_ends.amount is null then stated_ends.percent_off end as percent_off,
        stated_ends.amount / power(10, coalesce(minor_units.minor_units, 2)) as amount_off,
        stated_ends.amount_currency as currency,
        stated_ends.stated_end_on is not null as is_temporary
    from stated_ends
    left join minor_units
        on stated_ends.amount_currency = minor_units.currency
    where coalesce(stated_ends.amount, stated_ends.percent_off) > 0
)

select * from final
