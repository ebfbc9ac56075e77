-- Most of the cost to serve is people. Without any owner in the extracts it is unknown, and without tickets so is
-- the cost of support.
with

accounts as (
    select * from {{ ref('stg_crm__accounts') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

owner_costs as (
    select * from {{ ref('int_owner_costs') }}
),

tickets as (
    select * from {{ ref('int_tickets_known') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

owner_records as (
    select count(*) > 0 as has_owners
    from owner_periods
    inner join run_context
        on owner_periods.owned_from <= run_context.as_of_date
    where owner_periods.csm_id is not null
),

ticket_records as (
    select count(*) > 0 as has_tickets
    from tickets
),

ticket_costs as (
    select
        tickets.account_id,
        count(*) as tickets,
        count_if(coalesce(tickets.is_escalated, false)) as escalations,
        sum(tickets.support_cost) as support_cost
    from tickets
    cross join run_context
    where cast(tickets.created_at as date) > cast(run_context.as_of_date - interval '12' month as date)
    group by tickets.account_id
),

final as (
    select
        accounts.account_id,
        case when ticket_records.has_tickets then coalesce(ticket_costs.tickets, 0) end as tickets,
        case when ticket_records.has_tickets then coalesce(ticket_costs.escalations, 0) end as escalations,
        case when ticket_records.has_tickets then coalesce(ticket_costs.support_cost, 0) end as support_cost,
        case when owner_records.has_owners then {{ to_cents('coalesce(owner_costs.owner_cost, 0)') }} end as owner_cost,
        case
            when owner_records.has_owners
                then {{ to_cents('coalesce(owner_costs.owner_cost, 0)') }} + coalesce(ticket_costs.support_cost, 0)
        end as cost_to_serve
    from accounts
    cross join owner_records
    cross join ticket_records
    left join owner_costs
        on accounts.account_id = owner_costs.account_id
    left join ticket_costs
        on accounts.account_id = ticket_costs.account_id
)

select * from final
