with

tickets as (
    select * from ({{ loaded_rows('zendesk', 'ticket') }}) as loaded
),

requesters as (
    select * from ({{ loaded_rows('zendesk', 'user') }}) as loaded
    where _version = 1
),

metrics as (
    select * from ({{ loaded_rows('zendesk', 'ticket_metric') }}) as loaded
    where _version = 1
),

first_responses as (
    select * from {{ ref('con_zendesk__first_responses') }}
),

solves as (
    select * from {{ ref('con_zendesk__solves') }}
),

ratings as (
    select * from {{ ref('con_zendesk__ratings') }}
),

marks as (
    select * from {{ ref('con_zendesk__ticket_marks') }}
),

account_links as (
    select * from {{ ref('con_account_links') }}
),

described as (
    select
        tickets.*,
        coalesce(tickets.organization_id, requesters.organization_id) as party_id,
        requesters.external_id as user_id,
        coalesce(lower(tickets.status) in ('solved', 'closed'), false) as is_solved,
        coalesce(ratings.rating, lower(tickets.satisfaction_score)) as rating,
        coalesce(lower(tickets.status) = 'deleted', false) or coalesce(tickets.is_deleted, false) as is_gone
    from tickets
    left join requesters
        on tickets.requester_id = requesters.id
    left join ratings
        on tickets.id = ratings.ticket_id
),

final as (
    select
        described.id as ticket_id,
        coalesce(
            party_links.account_id, requester_links.account_id, described.party_id, described.requester_id
        ) as account_id,
        described.user_id,
        described.created_at,
        coalesce(
            first_responses.first_responded_at,
            {{ add_seconds('described.created_at', 'round(metrics.reply_minutes * 60)') }}
        ) as first_responded_at,
        case when described.is_solved then coalesce(solves.solved_at, metrics.solved_at) end as solved_at,
        lower(described.priority) as priority,
        coalesce(
            marks.is_escalated,
            case when {{ has_object('zendesk', 'ticket_tag') }} or described.tags is not null then false end
        ) as is_escalated,
        {{ source_value('zendesk', 'ticket.satisfaction_score', 'described.rating') }} as csat_score,
        cast(null as string) as sentiment,
        cast(null as decimal(18, 2)) as handling_cost,
        cast(null as timestamp) as loaded_at,
        case
            when described._version > 1 then 'older_version'
            when described.is_gone then 'deleted'
            when marks.is_merged then 'merged'
        end as not_taken
    from described
    left join account_links as party_links
        on party_links.source = 'zendesk'
        and described.party_id = party_links.source_id
    left join account_links as requester_links
        on requester_links.source = 'zendesk_user'
        and described.requester_id = requester_links.source_id
    left join first_responses
        on described.id = first_responses.ticket_id
    left join solves
        on described.id = solves.ticket_id
    left join metrics
        on described.id = metrics.ticket_id
    left join marks
        on described.id = marks.ticket_id
)

select * from final
