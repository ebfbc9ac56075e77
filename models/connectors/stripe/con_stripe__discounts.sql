-- Which table has the discounts of subscriptions depends on the age of the loader's connection, so all are read. A
-- customer's discount that names a subscription is the subscription's.
{% set tables = ['discount', 'subscription_discount', 'customer_discount'] %}
with

{% for name in tables %}
{{ name }}s as (
    select * from ({{ loaded_rows('stripe', name) }}) as loaded
    where loaded._version = 1
),

{% endfor %}
customers as (
    select * from ({{ loaded_rows('stripe', 'customer') }}) as loaded
    where loaded._version = 1 and loaded.discount_id is not null
),

subscriptions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
    where is_current_version and discount_id is not null
),

coupons as (
    select * from ({{ loaded_rows('stripe', 'coupon') }}) as loaded
    where loaded._version = 1
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

united as (
    {% for name in tables %}
    select
        {{ name }}s.id,
        {{ name }}s.subscription_id,
        {{ name }}s.customer_id,
        {{ name }}s.coupon_id,
        {{ name }}s.starts_at,
        {{ name }}s.ends_at,
        cast(null as double) as percent_off,
        cast(null as double) as amount_off,
        cast(null as string) as currency,
        cast(null as string) as duration,
        cast(null as int) as months
    from {{ name }}s
    {% if name == 'discount' %}
    where
        coalesce(upper(discounts.type) in ('SUBSCRIPTION', 'CUSTOMER'), true)
        and discounts.invoice_id is null
        and discounts.invoice_item_id is null
    {% endif %}
    union all
    {% endfor %}
    {% for part, subscription in [
        ('subscriptions', 'subscriptions.subscription_id'), ('customers', 'cast(null as string)')
    ] %}
    select
        {{ part }}.discount_id as id,
        {{ subscription }} as subscription_id,
        {{ 'subscriptions.customer_id' if part == 'subscriptions' else 'customers.id' }} as customer_id,
        {{ part }}.discount_coupon_id as coupon_id,
        {{ part }}.discount_starts_at as starts_at,
        {{ part }}.discount_ends_at as ends_at,
        {{ part }}.discount_percent_off as percent_off,
        {{ part }}.discount_amount_off as amount_off,
        {{ part }}.discount_currency as currency,
        {{ part }}.discount_duration as duration,
        {{ part }}.discount_months as months
    from {{ part }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

by_id as (
    select
        united.id,
        max(united.subscription_id) as subscription_id,
        max(united.customer_id) as customer_id,
        max(united.coupon_id) as coupon_id,
        max(united.starts_at) as starts_at,
        max(united.ends_at) as ends_at,
        max(united.percent_off) as percent_off,
        max(united.amount_off) as amount_off,
        max(united.currency) as currency,
        max(united.duration) as duration,
        max(united.months) as months
    from united
    group by united.id
),

final as (
    select
        by_id.id as discount_id,
        by_id.subscription_id,
        case when by_id.subscription_id is null then by_id.customer_id end as customer_id,
        coalesce(coupons.percent_off, by_id.percent_off) as percent_off,
        coalesce(coupons.amount_off, by_id.amount_off)
        / power(10, coalesce(minor_units.minor_units, 2)) as amount_off,
        coalesce(coupons.currency, by_id.currency) as currency,
        coalesce(coupons.duration, by_id.duration, 'forever') as duration,
        coalesce(coupons.duration_in_months, by_id.months) as months,
        by_id.starts_at,
        by_id.ends_at
    from by_id
    left join coupons
        on by_id.coupon_id = coupons.id
    left join minor_units
        on coalesce(coupons.currency, by_id.currency) = upper(minor_units.currency)
)

select * from final
