-- The plan is a line of a subscription. Its add-ons are lines of their own if all have a price, else one line together.
with

versions as (
    select * from {{ ref('con_recurly__subscription_versions') }}
),

add_on_versions as (
    select * from {{ ref('con_recurly__add_on_versions') }}
    where is_priced and from_the_last = 1
),

standing as (
    select * from versions
    where version_number = 1
),

last_of_days as (
    select
        versions.*,
        row_number() over (
            partition by versions.subscription_id, versions.stated_on order by versions.version_number
        ) as from_the_last
    from versions
),

subscriptions_with_totals as (
    select last_of_days.subscription_id
    from last_of_days
    left join add_on_versions
        on last_of_days.subscription_id = add_on_versions.subscription_id
    where add_on_versions.subscription_id is null
    group by last_of_days.subscription_id
    having max(last_of_days.add_ons_total) > 0
),

-- An add-on has the billing interval that its subscription had on the day, or else first had.
add_on_intervals as (
    select
        add_on_versions.*,
        versions.billing_interval,
        versions.billing_interval_count,
        versions.currency,
        versions.amount_factor,
        row_number() over (
            partition by add_on_versions.item_id, add_on_versions.stated_on
            order by
                case when versions.stated_on <= add_on_versions.stated_on then 0 else 1 end,
                abs({{ days_between('versions.stated_on', 'add_on_versions.stated_on') }}),
                versions.version_number
        ) as nearness
    from add_on_versions
    inner join versions
        on add_on_versions.subscription_id = versions.subscription_id
),

lines as (
    select
        last_of_days.subscription_id,
        last_of_days.subscription_id || ':plan' as item_id,
        last_of_days.product_id,
        last_of_days.plan_id,
        last_of_days.stated_on,
        cast(null as date) as added_on,
        cast(null as date) as removed_on,
        last_of_days.quantity,
        last_of_days.unit_amount,
        '{{ source_setting("recurly", "unit_without_label") }}' as unit,
        last_of_days.billing_interval,
        last_of_days.billing_interval_count,
        last_of_days.currency,
        last_of_days.amount_factor
    from last_of_days
    where last_of_days.from_the_last = 1
    union all
    select
        last_of_days.subscription_id,
        last_of_days.subscription_id || ':add_ons' as item_id,
        'add_ons' as product_id,
        last_of_days.plan_id,
        last_of_days.stated_on,
        cast(null as date) as added_on,
        cast(null as date) as removed_on,
        1 as quantity,
        coalesce(last_of_days.add_ons_total, 0) as unit_amount,
        'flat' as unit,
        last_of_days.billing_interval,
        last_of_days.billing_interval_count,
        last_of_days.currency,
        last_of_days.amount_factor
    from last_of_days
    inner join subscriptions_with_totals
        on last_of_days.subscription_id = subscriptions_with_totals.subscription_id
    where last_of_days.from_the_last = 1
    union all
    select
        add_on_intervals.subscription_id,
        add_on_intervals.item_id,
        add_on_intervals.product_id,
        add_on_intervals.plan_add_on_id as plan_id,
        add_on_intervals.stated_on,
        add_on_intervals.added_on,
        add_on_intervals.removed_on,
        add_on_intervals.quantity,
        add_on_intervals.unit_amount,
        add_on_intervals.unit,
        add_on_intervals.billing_interval,
        add_on_intervals.billing_interval_count,
        add_on_intervals.currency,
        add_on_intervals.amount_factor
    from add_on_intervals
    where add_on_intervals.nearness = 1
),

final as (
    select
        lines.*,
        -- What was added within a day of the start was there from the start.
        case
            when lines.added_on > {{ add_days('standing.started_on', 1) }} then lines.added_on
            else standing.started_on
        end as begins_on,
        standing.not_taken
    from lines
    inner join standing
        on lines.subscription_id = standing.subscription_id
)

select * from final
