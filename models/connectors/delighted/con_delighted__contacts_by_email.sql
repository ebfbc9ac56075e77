-- Who has an address. An address of two accounts names neither, and one of two contacts names their account alone.
with

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

final as (
    select
        lower(trim(contacts.email)) as email,
        min(contacts.account_id) as account_id,
        case when count(distinct contacts.contact_id) = 1 then min(contacts.contact_id) end as contact_id
    from contacts
    where contacts.email is not null
    group by lower(trim(contacts.email))
    having count(distinct contacts.account_id) = 1
)

select * from final
