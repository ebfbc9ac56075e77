-- Tickets as of as_of_date. Later events are null. A ticket without a cost of its own costs the policy's.
with

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

tickets_known as (
    select
        tickets.*,
        cast(tickets.first_responded_at as date) <= run_context.as_of_date as is_answered,
        cast(tickets.solved_at as date) <= run_context.as_of_date as is_solved,
        settings.ticket_cost
    from tickets
    inner join run_context
        on cast(tickets.created_at as date) <= run_context.as_of_date
    cross join settings
),

final as (
    select
        tickets_known.ticket_id,
        tickets_known.account_id,
        tickets_known.created_at,
        case when tickets_known.is_answered then tickets_known.first_responded_at end as first_responded_at,
        case when tickets_known.is_solved then tickets_known.solved_at end as solved_at,
        tickets_known.priority,
        tickets_known.is_escalated,
        tickets_known.sentiment,
        case when tickets_known.is_solved then tickets_known.csat_score end as csat_score,
        case when tickets_known.is_solved then tickets_known.handling_cost end as handling_cost,
        {{ to_cents('case
            when tickets_known.is_solved and tickets_known.handling_cost is not null then tickets_known.handling_cost
            else cast(tickets_known.ticket_cost as double)
        end') }} as support_cost
    from tickets_known
)

select * from final
