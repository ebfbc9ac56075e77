-- Items as they are now, and items that only invoice lines still name. An item that was created within a day of its
-- subscription reaches back to the subscription's first day, also where that was dated back.
with

loaded_items as (
    select * from ({{ loaded_rows('stripe', 'subscription_item') }}) as loaded
    where loaded._version = 1 and not coalesce(loaded.is_deleted, false)
),

subscriptions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
    where is_current_version
),

lines as (
    select * from {{ ref('con_stripe__billed_lines') }}
),

billed_items as (
    select
        lines.item_id,
        max(lines.subscription_id) as subscription_id,
        min(case when lines.amount >= 0 then lines.period_start end) as first_billed_at,
        max(case when lines.amount >= 0 then lines.period_start end) as last_billed_at
    from lines
    group by lines.item_id
),

last_periods as (
    select
        lines.item_id,
        max(case when lines.amount < 0 and lines.period_start > billed_items.last_billed_at then lines.period_start end)
            as credited_at,
        max(case when lines.amount >= 0 and lines.period_start = billed_items.last_billed_at then lines.period_end end)
            as billed_to
    from lines
    inner join billed_items
        on lines.item_id = billed_items.item_id
    group by lines.item_id
),

items as (
    select
        loaded_items.id as item_id,
        loaded_items.subscription_id,
        coalesce(loaded_items.price_id, loaded_items.plan_id) as price_id,
        loaded_items.quantity,
        loaded_items.created_at,
        loaded_items.current_period_start,
        loaded_items.current_period_end,
        loaded_items._loaded_at,
        true as is_present
    from loaded_items
    union all
    select
        billed_items.item_id,
        billed_items.subscription_id,
        cast(null as string) as price_id,
        cast(null as double) as quantity,
        cast(null as timestamp) as created_at,
        cast(null as timestamp) as current_period_start,
        cast(null as timestamp) as current_period_end,
        cast(null as timestamp) as _loaded_at,
        false as is_present
    from billed_items
    left join loaded_items
        on billed_items.item_id = loaded_items.id
    where loaded_items.id is null and billed_items.first_billed_at is not null
),

dated as (
    select
        items.*,
        count_if(items.is_present) over (partition by items.subscription_id) as items_present,
        billed_items.first_billed_at,
        last_periods.credited_at,
        last_periods.billed_to,
        subscriptions.created_at as subscription_created_at,
        subscriptions.started_on as subscription_started_on,
        coalesce(items._loaded_at, subscriptions._loaded_at) as loaded_at,
        coalesce(items.created_at, billed_items.first_billed_at) as began_at
    from items
    left join subscriptions
        on items.subscription_id = subscriptions.subscription_id
    left join billed_items
        on items.item_id = billed_items.item_id
    left join last_periods
        on items.item_id = last_periods.item_id
),

final as (
    select
        dated.item_id,
        dated.subscription_id,
        dated.price_id,
        dated.quantity,
        dated.is_present,
        dated.items_present,
        dated.current_period_start,
        dated.current_period_end,
        dated.loaded_at,
        coalesce(dated.began_at, dated.subscription_created_at) as began_at,
        case
            when
                dated.began_at is null
                or abs({{ seconds_between('dated.subscription_created_at', 'dated.began_at') }}) <= 24 * 60 * 60
                then dated.subscription_started_on
            else cast(dated.began_at as date)
        end as reaches_back_to,
        case when not dated.is_present then cast(coalesce(dated.credited_at, dated.billed_to) as date) end
            as removed_on
    from dated
)

select * from final
