{{ config(materialized='view') }}

-- A key that repeats within its day counts once: its last version, by load, then by time, then by content.
with

events as (
    select * from {{ ref('base_product__events') }}
),

usage_daily as (
    select * from {{ ref('base_product__usage_daily') }}
),

event_versions as (
    select
        'events' as table_name,
        cast(events.occurred_at as date) as usage_on,
        events.account_id,
        events.user_id,
        events.event_name as feature_key,
        1 as event_count,
        events.quantity,
        events.duration_seconds,
        events.row_status = 'accepted' as is_valid,
        events.quantity__invalid,
        events.duration_seconds__invalid,
        events.loaded_at__invalid,
        row_number() over (
            partition by cast(events.occurred_at as date), events.event_id, events.row_status
            order by
                events.loaded_at desc nulls last, events.occurred_at desc nulls last, events.account_id desc nulls last,
                events.user_id desc nulls last, events.event_name desc nulls last, events.quantity desc nulls last,
                events.duration_seconds desc nulls last
        ) as version_number
    from events
),

usage_daily_versions as (
    select
        'usage_daily' as table_name,
        usage_daily.usage_on,
        usage_daily.account_id,
        usage_daily.user_id,
        usage_daily.feature_key,
        usage_daily.event_count,
        usage_daily.quantity,
        usage_daily.duration_seconds,
        usage_daily.row_status = 'accepted' as is_valid,
        usage_daily.quantity__invalid,
        usage_daily.duration_seconds__invalid,
        usage_daily.loaded_at__invalid,
        row_number() over (
            partition by usage_daily.usage_on, usage_daily.account_id, usage_daily.user_id, usage_daily.feature_key, usage_daily.row_status
            order by
                usage_daily.loaded_at desc nulls last, usage_daily.event_count desc nulls last, usage_daily.quantity desc nulls last,
                usage_daily.duration_seconds desc nulls last
        ) as version_number
    from usage_daily
),

final as (
    select * from event_versions
    union all
    select * from usage_daily_versions
)

select * from final
