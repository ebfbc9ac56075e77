with

conversations as (
    select * from ({{ loaded_rows('intercom', 'conversation') }}) as loaded
),

contacts as (
    select * from ({{ loaded_rows('intercom', 'contact') }}) as loaded
    where _version = 1
),

answers as (
    select * from {{ ref('con_intercom__answers') }}
),

parties as (
    select * from {{ ref('con_intercom__conversation_parties') }}
),

escalations as (
    select * from {{ ref('con_intercom__escalations') }}
),

-- A bot alone answered a conversation that is closed, had a bot in it and never an admin.
described as (
    select
        conversations.*,
        coalesce(lower(conversations.state) = 'closed', false) as is_closed,
        coalesce(lower(conversations.author_type) = 'admin', false) or coalesce(answers.has_admin, false) as has_admin,
        coalesce(lower(conversations.author_type) = 'bot', false) or coalesce(answers.has_bot, false) as has_bot,
        answers.first_responded_at,
        answers.closed_at
    from conversations
    left join answers
        on conversations.id = answers.conversation_id
),

final as (
    select
        described.id as ticket_id,
        coalesce(parties.account_id, parties.company_id) as account_id,
        contacts.external_id as user_id,
        described.created_at,
        described.first_responded_at,
        case when described.is_closed then described.closed_at end as solved_at,
        {{ source_value('intercom', 'conversation.priority', 'described.priority') }} as priority,
        case
            when escalations.conversation_id is not null then true
            when {{ has_object('intercom', 'conversation_tag') }} or described.tags is not null then false
        end as is_escalated,
        {{ source_value('intercom', 'conversation.rating', 'described.rating') }} as csat_score,
        cast(null as string) as sentiment,
        cast(null as decimal(18, 2)) as handling_cost,
        cast(null as timestamp) as loaded_at,
        case
            when described._version > 1 then 'older_version'
            when not coalesce(described.is_active, true) or coalesce(described.is_deleted, false) then 'deleted'
            when described.is_closed and described.has_bot and not described.has_admin then 'bot_only'
            when parties.company_id is null then 'no_company'
        end as not_taken
    from described
    left join parties
        on described.id = parties.conversation_id
    left join contacts
        on parties.contact_id = contacts.id
    left join escalations
        on described.id = escalations.conversation_id
)

select * from final
