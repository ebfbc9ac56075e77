{{ config(materialized='view') }}

with

tracks as (
    select * from ({{ loaded_rows('segment', 'track') }}) as loaded
),

user_groups as (
    select * from {{ ref('con_segment__user_groups') }}
),

account_links as (
    select * from {{ ref('con_account_links') }}
),

grouped as (
    select
        tracks.*,
        coalesce(tracks.group_id, user_groups.group_id) as party_id
    from tracks
    left join user_groups
        on tracks.user_id = user_groups.user_id
        and {{ in_force('cast(tracks.occurred_at as date)', 'user_groups.valid_from', 'user_groups.valid_to') }}
),

final as (
    select
        grouped.id as event_id,
        coalesce(
            group_links.account_id, user_links.account_id, grouped.party_id, grouped.user_id
        ) as account_id,
        grouped.user_id,
        {{ source_value('segment', 'track.event_text', 'coalesce(grouped.event_text, grouped.event)') }} as event_name,
        grouped.occurred_at,
        grouped.quantity,
        grouped.duration_seconds,
        grouped.received_at as loaded_at,
        case when grouped.user_id is null then 'anonymous' end as not_taken
    from grouped
    left join account_links as group_links
        on group_links.source = 'segment'
        and grouped.party_id = group_links.source_id
    left join account_links as user_links
        on user_links.source = 'segment_user'
        and grouped.party_id is null
        and grouped.user_id = user_links.source_id
)

select * from final
