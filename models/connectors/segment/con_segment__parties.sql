with

group_rows as (
    select * from ({{ loaded_rows('segment', 'group') }}) as loaded
    where group_id is not null
),

event_groups as (
    select distinct loaded.group_id
    from ({{ loaded_rows('segment', 'track') }}) as loaded
    where loaded.group_id is not null
),

user_groups as (
    select * from {{ ref('con_segment__user_groups') }}
),

identities as (
    select * from {{ ref('con_segment__identities') }}
    where user_id is not null
),

final as (
    select
        'segment' as source,
        group_rows.group_id as source_id,
        group_rows.name as party_name,
        group_rows.salesforce_id,
        group_rows.hubspot_id,
        group_rows.group_id as own_account_id,
        group_rows.website as address
    from group_rows
    union
    select
        'segment' as source,
        event_groups.group_id as source_id,
        cast(null as string) as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        event_groups.group_id as own_account_id,
        cast(null as string) as address
    from event_groups
    union
    select
        'segment' as source,
        user_groups.group_id as source_id,
        cast(null as string) as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        user_groups.group_id as own_account_id,
        identities.email as address
    from user_groups
    inner join identities
        on user_groups.user_id = identities.user_id
    where user_groups.valid_to is null
    union
    select
        'segment_user' as source,
        identities.user_id as source_id,
        cast(null as string) as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        cast(null as string) as own_account_id,
        identities.email as address
    from identities
    left join user_groups
        on identities.user_id = user_groups.user_id
    where user_groups.user_id is null
)

select * from final
