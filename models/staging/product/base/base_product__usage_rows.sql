{{ config(materialized='view') }}

-- The roll-up settles repeated rows.
with

events as (
    select * from {{ ref('base_product__events') }}
),

usage_daily as (
    select * from {{ ref('base_product__usage_daily') }}
),

united as (
    select
        'events' as table_name,
        cast(events.occurred_at as date) as usage_on,
        events.event_id,
        events.account_id,
        events.user_id,
        events.event_name as feature_key,
        1 as event_count,
        events.quantity,
        events.duration_seconds,
        events.occurred_at,
        events.loaded_at,
        events.quantity__invalid,
        events.duration_seconds__invalid,
        events.loaded_at__invalid,
        events.definition,
        events.row_status = 'accepted' as is_valid,
        coalesce(events.reject_reason = 'orphan:account_id', false) as is_orphan,
        {{ hash_of(['cast(events.occurred_at as date)', 'events.event_id']) }} as key_hash
    from events
    {% if connectors_of('product_events') %}
    where events.row_status <> 'not_taken'
    {% endif %}
    union all
    select
        'usage_daily' as table_name,
        usage_daily.usage_on,
        cast(null as string) as event_id,
        usage_daily.account_id,
        usage_daily.user_id,
        usage_daily.feature_key,
        usage_daily.event_count,
        usage_daily.quantity,
        usage_daily.duration_seconds,
        cast(null as timestamp) as occurred_at,
        usage_daily.loaded_at,
        usage_daily.quantity__invalid,
        usage_daily.duration_seconds__invalid,
        usage_daily.loaded_at__invalid,
        usage_daily.definition,
        usage_daily.row_status = 'accepted' as is_valid,
        coalesce(usage_daily.reject_reason = 'orphan:account_id', false) as is_orphan,
        {{ hash_of([
            'usage_daily.usage_on', 'usage_daily.account_id', 'usage_daily.user_id', 'usage_daily.feature_key',
        ]) }} as key_hash
    from usage_daily
),

final as (
    select
        united.table_name,
        united.usage_on,
        united.event_id,
        united.account_id,
        united.user_id,
        united.feature_key,
        united.event_count,
        united.quantity,
        united.duration_seconds,
        united.occurred_at,
        united.loaded_at,
        united.quantity__invalid,
        united.duration_seconds__invalid,
        united.loaded_at__invalid,
        united.definition,
        united.is_valid,
        united.is_orphan,
        united.key_hash,
        cast(date_trunc('month', coalesce(united.usage_on, cast('1900-01-01' as date))) as date) as month
    from united
)

select * from final
