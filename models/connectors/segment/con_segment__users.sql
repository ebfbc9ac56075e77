with

identities as (
    select * from {{ ref('con_segment__identities') }}
),

user_groups as (
    select * from {{ ref('con_segment__user_groups') }}
    where valid_to is null
),

account_links as (
    select * from {{ ref('con_account_links') }}
),

final as (
    select
        identities.user_id,
        coalesce(
            group_links.account_id, user_links.account_id, user_groups.group_id, identities.user_id
        ) as account_id,
        identities.created_at,
        identities.deactivated_at,
        identities.department,
        cast(null as timestamp) as loaded_at,
        case
            when identities.user_id is null then 'anonymous'
            when identities.statement_number > 1 then 'older_version'
        end as not_taken
    from identities
    left join user_groups
        on identities.user_id = user_groups.user_id
    left join account_links as group_links
        on group_links.source = 'segment'
        and user_groups.group_id = group_links.source_id
    left join account_links as user_links
        on user_links.source = 'segment_user'
        and identities.user_id = user_links.source_id
)

select * from final
