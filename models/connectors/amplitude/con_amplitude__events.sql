{{ config(materialized='view') }}

with

events as (
    select * from {{ ref('con_amplitude__event_rows') }}
),

user_groups as (
    select * from {{ ref('con_amplitude__user_groups') }}
),

account_links as (
    select * from {{ ref('con_account_links') }}
),

grouped as (
    select
        events.*,
        coalesce(events.group_id, user_groups.group_id) as party_id
    from events
    left join user_groups
        on events.user_id = user_groups.user_id
        and {{ in_force('cast(events.event_time as date)', 'user_groups.valid_from', 'user_groups.valid_to') }}
),

final as (
    select
        grouped.event_id,
        coalesce(
            group_links.account_id, user_links.account_id, grouped.party_id, grouped.user_id
        ) as account_id,
        grouped.user_id,
        {{ source_value('amplitude', 'event.event_type', 'grouped.event_type') }} as event_name,
        grouped.event_time as occurred_at,
        grouped.quantity,
        grouped.duration_seconds,
        grouped.server_upload_time as loaded_at,
        case when grouped.user_id is null then 'anonymous' end as not_taken
    from grouped
    left join account_links as group_links
        on group_links.source = 'amplitude'
        and grouped.party_id = group_links.source_id
    left join account_links as user_links
        on user_links.source = 'amplitude_user'
        and grouped.party_id is null
        and grouped.user_id = user_links.source_id
)

select * from final
