-- Health under the active scheme.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

sentences as (
    select * from {{ ref('int_health_driver_sentences') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

tickets as (
    select * from {{ ref('int_tickets_known') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

metrics_today as (
    select
        metrics.account_id,
        max(case when metrics.metric = 'nps_mean' then metrics.value end) as nps_mean,
        max(case when metrics.metric = 'open_tickets' then metrics.value end) as open_tickets,
        max(case when metrics.metric = 'payment_status' then metrics.value end) as days_past_due
    from metrics
    inner join run_context
        on metrics.snapshot_date = run_context.as_of_date
    group by metrics.account_id
),

first_ticket as (
    select min(tickets.created_at) as created_on
    from tickets
),

final as (
    select
        health_statuses.account_id,
        health_statuses.health_score,
        health_statuses.health_status,
        health_statuses.health_colour,
        health_statuses.health_trend,
        health_statuses.coverage as health_coverage,
        health_statuses.is_low_confidence,
        health_statuses.priority as health_priority,
        sentences.drivers as health_drivers,
        metrics_today.nps_mean,
        -- An account without recent tickets has none open. Without any record of tickets nobody knows.
        case
            when metrics_today.open_tickets is not null then metrics_today.open_tickets
            when first_ticket.created_on is not null then 0
        end as open_tickets,
        metrics_today.days_past_due
    from health_statuses
    inner join run_context
        on health_statuses.snapshot_date = run_context.as_of_date
    cross join first_ticket
    left join sentences
        on health_statuses.snapshot_date = sentences.snapshot_date
        and health_statuses.account_id = sentences.account_id
    left join metrics_today
        on health_statuses.account_id = metrics_today.account_id
)

select * from final
