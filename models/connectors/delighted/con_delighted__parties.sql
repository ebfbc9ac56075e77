with

people as (
    select * from ({{ loaded_rows('delighted', 'person') }}) as loaded
    where _version = 1
),

final as (
    select
        'delighted' as source,
        people.id as source_id,
        people.name as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        cast(null as string) as own_account_id,
        people.email as address
    from people
)

select * from final
