-- As of as_of_date. Later events are null.
with

tickets as (
    select * from {{ ref('int_tickets_known') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        tickets.ticket_id,
        tickets.account_id,
        account_names.account_name,
        tickets.created_at,
        tickets.first_responded_at,
        tickets.solved_at,
        tickets.priority,
        tickets.is_escalated,
        -- A solution without an hour reads as midnight, which is before the ticket was created that day.
        {{ hours_between('tickets.created_at', 'greatest(tickets.first_responded_at, tickets.created_at)') }}
        * case when tickets.first_responded_at is not null then 1 end as first_response_hours,
        {{ hours_between('tickets.created_at', 'greatest(tickets.solved_at, tickets.created_at)') }}
        * case when tickets.solved_at is not null then 1 end as resolution_hours,
        cast(tickets.csat_score as int) as csat_score,
        tickets.sentiment,
        cast(tickets.support_cost as decimal(18, 2)) as handling_cost,
        tickets.handling_cost is not null as is_cost_stated,
        run_context.reporting_currency
    from tickets
    cross join run_context
    left join account_names
        on tickets.account_id = account_names.account_id
)

select * from final
