-- A ticket that was escalated, or an urgent one that is open for after_days. Tickets that follow each other without a
-- gap are one trigger. It closes when the last of them is solved. One solved on the day itself opens nothing.
with

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

ticket_days as (
    select
        tickets.ticket_id,
        tickets.account_id,
        playbooks.playbook,
        tickets.is_escalated,
        case
            when tickets.is_escalated then cast(tickets.created_at as date)
            when tickets.priority = 'urgent'
                then {{ add_days('cast(tickets.created_at as date)', 'playbooks.after_days') }}
        end as serious_from,
        cast(tickets.solved_at as date) as solved_on
    from tickets
    inner join playbooks
        on playbooks.playbook = 'escalation'
),

serious as (
    select
        ticket_days.*,
        row_number() over (
            partition by ticket_days.account_id order by ticket_days.serious_from, ticket_days.ticket_id
        ) as ticket_number,
        max(coalesce(ticket_days.solved_on, cast('9999-12-31' as date))) over (
            partition by ticket_days.account_id
            order by ticket_days.serious_from, ticket_days.ticket_id
            rows between unbounded preceding and 1 preceding
        ) as previous_solved_on
    from ticket_days
    where coalesce(ticket_days.serious_from < ticket_days.solved_on, ticket_days.serious_from is not null)
),

numbered as (
    select
        serious.*,
        sum(case when serious.serious_from <= serious.previous_solved_on then 0 else 1 end) over (
            partition by serious.account_id order by serious.ticket_number
        ) as trigger_number
    from serious
),

final as (
    select
        numbered.account_id,
        numbered.playbook,
        min(numbered.serious_from) as opened_on,
        min(numbered.serious_from) as anchor_on,
        case when count(numbered.solved_on) = count(*) then max(numbered.solved_on) end as exit_on,
        case
            when coalesce(min_by(numbered.is_escalated, numbered.ticket_number), false) then 'escalated'
            else 'urgent'
        end || ' ticket ' || min_by(numbered.ticket_id, numbered.ticket_number) || ' is open' as evidence
    from numbered
    group by numbered.account_id, numbered.playbook, numbered.trigger_number
)

select * from final
