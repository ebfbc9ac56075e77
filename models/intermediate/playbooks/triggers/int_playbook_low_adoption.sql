-- The account uses too few core features once after_days since its start are over. An account whose health lacks
-- evidence is not judged, since its use may be recorded in part.
with

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

final as (
    select
        metrics.snapshot_date,
        metrics.account_id,
        playbooks.playbook,
        metrics.value < playbooks.opens_at as is_opening,
        cast(null as date) as event_on,
        {{ percent_text('metrics.value') }} || ' of the core features in use' as evidence
    from metrics
    inner join playbooks
        on playbooks.playbook = 'low_adoption'
        and metrics.value < playbooks.closes_at
    inner join health_statuses
        on metrics.snapshot_date = health_statuses.snapshot_date
        and metrics.account_id = health_statuses.account_id
        and health_statuses.evidenced_score is not null
    inner join customer_starts
        on metrics.account_id = customer_starts.account_id
        and {{ days_between('customer_starts.customer_since', 'metrics.snapshot_date') }} > playbooks.after_days
    where metrics.metric = 'feature_adoption'
)

select * from final
