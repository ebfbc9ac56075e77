-- As of as_of_date: what came later reads null.
with

tickets as (
    select * from {{ ref('int_tickets_known') }}
),

final as (
    select
        tickets.ticket_id,
        tickets.account_id,
        tickets.created_at,
        tickets.first_responded_at,
        tickets.solved_at,
        tickets.priority,
        tickets.is_escalated,
        {{ hours_between('tickets.created_at', 'tickets.first_responded_at') }} as first_response_hours,
        {{ hours_between('tickets.created_at', 'tickets.solved_at') }} as resolution_hours,
        cast(tickets.csat_score as int) as csat_score,
        tickets.sentiment
    from tickets
)

select * from final
