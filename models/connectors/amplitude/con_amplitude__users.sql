with

people as (
    select * from {{ ref('con_amplitude__people') }}
),

user_groups as (
    select * from {{ ref('con_amplitude__user_groups') }}
    where valid_to is null
),

account_links as (
    select * from {{ ref('con_account_links') }}
),

final as (
    select
        people.user_id,
        coalesce(
            group_links.account_id, user_links.account_id, user_groups.group_id, people.user_id
        ) as account_id,
        people.created_at,
        cast(null as timestamp) as deactivated_at,
        people.department,
        cast(null as timestamp) as loaded_at,
        cast(null as string) as not_taken
    from people
    left join user_groups
        on people.user_id = user_groups.user_id
    left join account_links as group_links
        on group_links.source = 'amplitude'
        and user_groups.group_id = group_links.source_id
    left join account_links as user_links
        on user_links.source = 'amplitude_user'
        and people.user_id = user_links.source_id
)

select * from final
