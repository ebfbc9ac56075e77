-- The account uses too few core features once after_days since its start are over.
with

metrics as (
    select * from {{ ref('int_health_metrics') }}
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
        cast(null as date) as event_on,
        {{ percent_text('metrics.value') }} || ' of the core features in use' as evidence
    from metrics
    inner join playbooks
        on playbooks.playbook = 'low_adoption'
        and metrics.value < playbooks.threshold
    inner join customer_starts
        on metrics.account_id = customer_starts.account_id
        and {{ days_between('customer_starts.customer_since', 'metrics.snapshot_date') }} > playbooks.after_days
    where metrics.metric = 'feature_adoption'
)

select * from final
