with

tickets as (
    select * from ({{ loaded_rows('zendesk', 'ticket') }}) as loaded
    where _version = 1
),

comments as (
    select * from ({{ loaded_rows('zendesk', 'ticket_comment') }}) as loaded
    where
        _version = 1
        and is_public
        and not coalesce(is_deleted, false)
),

agents as (
    select * from ({{ loaded_rows('zendesk', 'user') }}) as loaded
    where
        _version = 1
        and lower(role) in ('agent', 'admin')
),

final as (
    select
        tickets.id as ticket_id,
        min(comments.created) as first_responded_at
    from comments
    inner join agents
        on comments.user_id = agents.id
    inner join tickets
        on comments.ticket_id = tickets.id
        and (tickets.requester_id is null or comments.user_id <> tickets.requester_id)
    group by tickets.id
)

select * from final
