{{ config(materialized='view') }}

with

events as (
    select * from ({{ loaded_rows('amplitude', 'event') }}) as loaded
),

final as (
    select
        coalesce(events.insert_id, events.uuid) as event_id,
        events.user_id,
        coalesce(
            {{ first_of_list('events.group_id') }},
            {{ first_of_list('events.group_org') }},
            {{ first_of_list('events.group_organization') }},
            {{ first_of_list('events.group_company') }},
            {{ first_of_list('events.group_account') }}
        ) as group_id,
        events.event_type,
        events.event_time,
        events.server_upload_time,
        events.user_created_at,
        events.email,
        events.department,
        events.quantity,
        events.duration_seconds
    from events
)

select * from final
