-- A coupon holds for all subscriptions of its account, unless its redemption names one of them.
with

redemptions as (
    select * from ({{ loaded_rows('recurly', 'coupon_redemption') }}) as loaded
    where loaded._version = 1
),

coupon_discounts as (
    select * from ({{ loaded_rows('recurly', 'coupon_discount') }}) as loaded
    where loaded._version = 1
),

coupons as (
    select * from ({{ loaded_rows('recurly', 'coupon') }}) as loaded
    where loaded._version = 1
),

subscriptions as (
    select * from {{ ref('con_recurly__subscription_versions') }}
    where version_number = 1
),

durations as (
    select
        redemptions.id as discount_id,
        redemptions.account_id,
        redemptions.subscription_id,
        redemptions.coupon_id,
        cast(redemptions.created_at as date) as redeemed_on,
        cast(
            coalesce(
                redemptions.removed_at,
                case when lower(redemptions.state) = 'inactive' then redemptions.updated_at end
            ) as date
        ) as removed_on,
        coalesce(lower(coupons.duration) = 'single_use', false) as is_single_use,
        case
            when lower(coupons.duration) <> 'temporal' then cast(null as date)
            when lower(coupons.temporal_unit) like 'day%'
                then {{ add_days('cast(redemptions.created_at as date)', 'coupons.temporal_amount') }}
            when lower(coupons.temporal_unit) like 'week%'
                then {{ add_days('cast(redemptions.created_at as date)', '7 * coupons.temporal_amount') }}
            when lower(coupons.temporal_unit) like 'month%'
                then cast(
                    cast(redemptions.created_at as date) + coupons.temporal_amount * interval '1' month as date
                )
            when lower(coupons.temporal_unit) like 'year%'
                then cast(
                    cast(redemptions.created_at as date) + 12 * coupons.temporal_amount * interval '1' month as date
                )
        end as stated_end_on
    from redemptions
    left join coupons
        on redemptions.coupon_id = coupons.id
),

-- A single use covers the first billing period, and a coupon that ends covers the periods that begin before its end.
ends as (
    select
        durations.discount_id,
        durations.coupon_id,
        durations.redeemed_on,
        durations.removed_on,
        durations.is_single_use or durations.stated_end_on is not null as is_temporary,
        subscriptions.subscription_id,
        case
            when durations.is_single_use and subscriptions.is_in_days
                then {{ add_days(
                    'greatest(durations.redeemed_on, subscriptions.started_on)', 'subscriptions.cycle_length'
                ) }}
            when durations.is_single_use
                then cast(
                    greatest(durations.redeemed_on, subscriptions.started_on)
                    + subscriptions.cycle_length * interval '1' month as date
                )
            when not subscriptions.is_in_days
                then {{ period_start(
                    'subscriptions.started_on', 'durations.stated_end_on', 'subscriptions.cycle_length'
                ) }}
            else durations.stated_end_on
        end as ends_on
    from durations
    inner join subscriptions
        on durations.account_id = subscriptions.source_account_id
        and subscriptions.subscription_id = coalesce(durations.subscription_id, subscriptions.subscription_id)
),

final as (
    select
        ends.subscription_id,
        ends.discount_id,
        cast(null as string) as plan_id,
        ends.redeemed_on as discount_from,
        least(ends.ends_on, ends.removed_on) as discount_to,
        case when coupon_discounts.amount is null then coupon_discounts.percentage end as percent_off,
        coupon_discounts.amount as amount_off,
        coupon_discounts.currency,
        ends.is_temporary
    from ends
    inner join coupon_discounts
        on ends.coupon_id = coupon_discounts.coupon_id
    where coalesce(coupon_discounts.amount, coupon_discounts.percentage) > 0
)

select * from final
