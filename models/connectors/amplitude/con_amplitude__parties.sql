with

events as (
    select * from {{ ref('con_amplitude__event_rows') }}
),

user_groups as (
    select * from {{ ref('con_amplitude__user_groups') }}
),

people as (
    select * from {{ ref('con_amplitude__people') }}
),

addresses as (
    select
        user_groups.group_id,
        people.email
    from user_groups
    inner join people
        on user_groups.user_id = people.user_id
    where user_groups.valid_to is null
),

group_ids as (
    select distinct events.group_id
    from events
    where events.group_id is not null
),

final as (
    select distinct
        'amplitude' as source,
        group_ids.group_id as source_id,
        cast(null as string) as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        group_ids.group_id as own_account_id,
        addresses.email as address
    from group_ids
    left join addresses
        on group_ids.group_id = addresses.group_id
    union all
    select
        'amplitude_user' as source,
        people.user_id as source_id,
        cast(null as string) as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        cast(null as string) as own_account_id,
        people.email as address
    from people
    left join user_groups
        on people.user_id = user_groups.user_id
    where user_groups.user_id is null
)

select * from final
