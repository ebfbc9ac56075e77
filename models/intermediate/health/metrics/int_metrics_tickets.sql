-- An account without a ticket in support_window_days has no metric of support, since silence is no good service.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

metrics as (
    select * from {{ ref('policy_health_metrics') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

windows as (
    select
        max(settings.usage_window_days) as trend_days,
        max(settings.support_window_days) as support_days,
        max(case when metrics.metric = 'escalation_rate' then metrics.window_days end) as escalation_days,
        max(case when metrics.metric = 'resolution_hours' then metrics.window_days end) as resolution_days,
        max(case when metrics.metric = 'ticket_sentiment' then metrics.window_days end) as sentiment_days
    from metrics
    cross join settings
),

-- A company that never states escalations has no escalation rate, rather than a good one.
first_ticket as (
    select
        min(cast(tickets.created_at as date)) as created_on,
        min(cast(tickets.created_at as date)) filter (where tickets.is_escalated is not null) as escalations_from
    from tickets
),

ticket_days as (
    select
        tickets.account_id,
        cast(tickets.created_at as date) as created_on,
        cast(tickets.solved_at as date) as solved_on,
        {{ seconds_between(
            'tickets.created_at', 'greatest(tickets.solved_at, tickets.created_at)'
        ) }} as resolution_seconds,
        tickets.is_escalated,
        tickets.sentiment
    from tickets
),

-- count_if() over only nulls is null, and an account without tickets has only nulls.
counted as (
    select
        customers.snapshot_date,
        customers.account_id,
        count(*) filter (
            where {{ in_window('ticket_days.created_on', 'customers.snapshot_date', 'windows.trend_days') }}
        ) as recent,
        count(*) filter (
            where {{ in_window('ticket_days.created_on', 'customers.snapshot_date', '2 * windows.trend_days') }}
        ) as recent_and_before,
        -- Open on a day of the window, or opened on one and marked as solved before.
        count(ticket_days.created_on) filter (
            where {{ in_window('ticket_days.created_on', 'customers.snapshot_date', 'windows.support_days') }}
            or coalesce(
                ticket_days.solved_on > {{ add_days('customers.snapshot_date', '-windows.support_days') }}, true
            )
        ) as tickets,
        count(ticket_days.created_on) filter (
            where coalesce(ticket_days.solved_on > customers.snapshot_date, true)
        ) as open_tickets,
        count(*) filter (
            where {{ in_window('ticket_days.created_on', 'customers.snapshot_date', 'windows.escalation_days') }}
        ) as created,
        count(*) filter (
            where {{ in_window('ticket_days.created_on', 'customers.snapshot_date', 'windows.escalation_days') }}
            and ticket_days.is_escalated
        ) as escalated,
        -- Whole seconds have the same sum in any order of rows.
        avg(ticket_days.resolution_seconds) filter (
            where {{ in_window('ticket_days.solved_on', 'customers.snapshot_date', 'windows.resolution_days') }}
        ) / 60 / 60 as resolution_hours,
        count(ticket_days.sentiment) filter (
            where {{ in_window('ticket_days.created_on', 'customers.snapshot_date', 'windows.sentiment_days') }}
        ) as with_sentiment,
        count(*) filter (
            where {{ in_window('ticket_days.created_on', 'customers.snapshot_date', 'windows.sentiment_days') }}
            and ticket_days.sentiment = 'negative'
        ) as negative
    from customers
    cross join windows
    cross join first_ticket
    left join ticket_days
        on customers.account_id = ticket_days.account_id
        and customers.snapshot_date >= ticket_days.created_on
    where customers.snapshot_date >= first_ticket.created_on
    group by customers.snapshot_date, customers.account_id
),

measured as (
    select
        counted.snapshot_date,
        counted.account_id,
        case
            when counted.recent_and_before > 0
                then cast(counted.recent + 1 as double) / (counted.recent_and_before - counted.recent + 1)
        end as ticket_trend,
        counted.open_tickets,
        case
            when counted.snapshot_date >= first_ticket.escalations_from
                then cast(counted.escalated as double) / nullif(counted.created, 0)
        end as escalation_rate,
        counted.resolution_hours,
        cast(counted.negative as double) / nullif(counted.with_sentiment, 0) as ticket_sentiment
    from counted
    cross join first_ticket
    where counted.tickets > 0
),

final as (
    {{ metric_rows('measured', [
        'ticket_trend', 'open_tickets', 'escalation_rate', 'resolution_hours', 'ticket_sentiment',
    ]) }}
)

select * from final
