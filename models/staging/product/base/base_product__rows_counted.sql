-- The bookkeeping of the usage tables, day by day: a repeated key counts once a day, the rest are duplicates.
with

events as (
    select * from {{ ref('base_product__events') }}
),

usage_daily as (
    select * from {{ ref('base_product__usage_daily') }}
),

event_keys as (
    select
        'events' as table_name,
        cast(events.occurred_at as date) as usage_on,
        events.event_id as key_1,
        cast(null as string) as key_2,
        cast(null as string) as key_3,
        count(*) as raw_rows,
        count_if(events.row_status = 'accepted') as valid_rows,
        count(events.quantity__invalid) as quantity_nulled,
        min(events.quantity__invalid) as quantity_example,
        count(events.duration_seconds__invalid) as duration_seconds_nulled,
        min(events.duration_seconds__invalid) as duration_seconds_example,
        count(events.loaded_at__invalid) as loaded_at_nulled,
        min(events.loaded_at__invalid) as loaded_at_example
    from events
    group by cast(events.occurred_at as date), events.event_id
),

usage_daily_keys as (
    select
        'usage_daily' as table_name,
        usage_daily.usage_on,
        usage_daily.account_id as key_1,
        usage_daily.user_id as key_2,
        usage_daily.feature_key as key_3,
        count(*) as raw_rows,
        count_if(usage_daily.row_status = 'accepted') as valid_rows,
        count(usage_daily.quantity__invalid) as quantity_nulled,
        min(usage_daily.quantity__invalid) as quantity_example,
        count(usage_daily.duration_seconds__invalid) as duration_seconds_nulled,
        min(usage_daily.duration_seconds__invalid) as duration_seconds_example,
        count(usage_daily.loaded_at__invalid) as loaded_at_nulled,
        min(usage_daily.loaded_at__invalid) as loaded_at_example
    from usage_daily
    group by usage_daily.usage_on, usage_daily.account_id, usage_daily.user_id, usage_daily.feature_key
),

usage_keys as (
    select * from event_keys
    union all
    select * from usage_daily_keys
),

final as (
    select
        usage_keys.table_name,
        usage_keys.usage_on,
        cast(sum(usage_keys.raw_rows) as bigint) as raw_rows,
        cast(count_if(usage_keys.valid_rows > 0) as bigint) as accepted_rows,
        cast(sum(greatest(usage_keys.valid_rows - 1, 0)) as bigint) as duplicate_rows,
        cast(sum(usage_keys.raw_rows - usage_keys.valid_rows) as bigint) as rejected_rows,
        cast(sum(usage_keys.quantity_nulled) as bigint) as quantity_nulled,
        min(usage_keys.quantity_example) as quantity_example,
        cast(sum(usage_keys.duration_seconds_nulled) as bigint) as duration_seconds_nulled,
        min(usage_keys.duration_seconds_example) as duration_seconds_example,
        cast(sum(usage_keys.loaded_at_nulled) as bigint) as loaded_at_nulled,
        min(usage_keys.loaded_at_example) as loaded_at_example
    from usage_keys
    group by usage_keys.table_name, usage_keys.usage_on
)

select * from final
