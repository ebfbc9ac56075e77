-- The contact and the company of each conversation. Of several companies one with an account comes first.
with

conversations as (
    select * from ({{ loaded_rows('intercom', 'conversation') }}) as loaded
    where _version = 1
),

conversation_contacts as (
    select * from ({{ loaded_rows('intercom', 'conversation_contact') }}) as loaded
    where
        _version = 1
        and coalesce(is_active, true)
),

company_contacts as (
    select * from {{ ref('con_intercom__company_contacts') }}
),

account_links as (
    select * from {{ ref('con_account_links') }}
    where source = 'intercom'
),

contacts as (
    select
        conversation_contacts.conversation_id,
        conversation_contacts.contact_id,
        1 as preference
    from conversation_contacts
    union all
    select
        conversations.id as conversation_id,
        conversations.author_id as contact_id,
        2 as preference
    from conversations
    where
        lower(conversations.author_type) in ('user', 'lead', 'contact')
        and conversations.author_id is not null
),

ranked as (
    select
        contacts.conversation_id,
        contacts.contact_id,
        company_contacts.company_id,
        account_links.account_id,
        row_number() over (
            partition by contacts.conversation_id
            order by
                case when account_links.account_id is null then 1 else 0 end,
                case when company_contacts.company_id is null then 1 else 0 end,
                contacts.preference,
                contacts.contact_id,
                company_contacts.company_id
        ) as party_number
    from contacts
    left join company_contacts
        on contacts.contact_id = company_contacts.contact_id
    left join account_links
        on company_contacts.company_id = account_links.source_id
),

final as (
    select
        ranked.conversation_id,
        ranked.contact_id,
        ranked.company_id,
        ranked.account_id
    from ranked
    where ranked.party_number = 1
)

select * from final
