-- Urgent, high and escalated tickets, when they are opened and when they are solved.
with

tickets as (
    select * from {{ ref('int_tickets_known') }}
),

serious as (
    select
        tickets.ticket_id,
        tickets.account_id,
        cast(tickets.created_at as date) as created_on,
        cast(greatest(tickets.solved_at, tickets.created_at) as date) as solved_on,
        tickets.solved_at is not null as is_solved,
        {{ hours_between('tickets.created_at', 'greatest(tickets.solved_at, tickets.created_at)') }} as hours,
        tickets.csat_score,
        tickets.sentiment,
        case when tickets.is_escalated then 'Escalated ticket' else 'Ticket' end
        || coalesce(' of ' || tickets.priority || ' priority', '') as ticket
    from tickets
    where tickets.is_escalated
        or tickets.priority in ('high', 'urgent')
),

final as (
    select
        serious.account_id,
        serious.created_on as occurred_on,
        serious.created_on as known_on,
        {{ event_columns('ticket_opened', 'fct_tickets', {'ticket_id': 'serious.ticket_id'}) }},
        serious.ticket || ' opened'
        || case when serious.sentiment = 'negative' then ', with negative sentiment.' else '.' end as event_text,
        false as is_provisional
    from serious
    union all
    select
        serious.account_id,
        serious.solved_on as occurred_on,
        serious.solved_on as known_on,
        {{ event_columns('ticket_solved', 'fct_tickets', {'ticket_id': 'serious.ticket_id'}) }},
        serious.ticket || ' solved after '
        || case
            when round(serious.hours, 0) = 1 then '1 hour'
            else {{ number_text('serious.hours') }} || ' hours'
        end
        || coalesce(', rated ' || cast(serious.csat_score as string) || ' of 5', '') || '.' as event_text,
        false as is_provisional
    from serious
    where serious.is_solved
)

select * from final
