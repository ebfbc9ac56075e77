-- The cost of the year to each date, most of it people. Without any owner in the extracts by then it is unknown, and
-- without tickets so is the cost of support.
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

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

owner_records as (
    select min(owner_periods.owned_from) as owners_from
    from owner_periods
    where owner_periods.csm_id is not null
),

ticket_records as (
    select min(cast(tickets.created_at as date)) as tickets_from
    from tickets
),

ticket_costs as (
    select
        measured_dates.measured_on,
        tickets.account_id,
        count(*) as tickets,
        count_if(coalesce(tickets.is_escalated, false)) as escalations,
        sum(tickets.support_cost) as support_cost
    from tickets
    inner join measured_dates
        on cast(tickets.created_at as date) >= measured_dates.year_from
        and cast(tickets.created_at as date) < measured_dates.day_after
    group by measured_dates.measured_on, tickets.account_id
),

known as (
    select
        measured_dates.measured_on,
        measured_dates.is_current,
        coalesce(owner_records.owners_from <= measured_dates.measured_on, false) as has_owners,
        coalesce(ticket_records.tickets_from <= measured_dates.measured_on, false) as has_tickets
    from measured_dates
    cross join owner_records
    cross join ticket_records
),

final as (
    select
        known.measured_on,
        known.is_current,
        accounts.account_id,
        case when known.has_tickets then coalesce(ticket_costs.tickets, 0) end as tickets,
        case when known.has_tickets then coalesce(ticket_costs.escalations, 0) end as escalations,
        case when known.has_tickets then coalesce(ticket_costs.support_cost, 0) end as support_cost,
        case when known.has_owners then {{ to_cents('coalesce(owner_costs.owner_cost, 0)') }} end as owner_cost,
        case
            when known.has_owners
                then {{ to_cents('coalesce(owner_costs.owner_cost, 0)') }} + coalesce(ticket_costs.support_cost, 0)
        end as cost_to_serve
    from accounts
    cross join known
    left join owner_costs
        on accounts.account_id = owner_costs.account_id
        and known.measured_on = owner_costs.measured_on
    left join ticket_costs
        on accounts.account_id = ticket_costs.account_id
        and known.measured_on = ticket_costs.measured_on
)

select * from final
