-- A healthy account with a strong expansion signal, or with min_count of them. The evidence names a strong signal
-- first, and counts the rest.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

signals as (
    select * from {{ ref('int_expansion_signals') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

counted as (
    select
        signals.snapshot_date,
        signals.account_id,
        count(*) as signals,
        count_if(signals.is_strong) as strong_signals,
        min_by(signals.evidence, signals.signal_number) as first_evidence
    from signals
    group by signals.snapshot_date, signals.account_id
),

final as (
    select
        health_statuses.snapshot_date,
        health_statuses.account_id,
        playbooks.playbook,
        health_statuses.evidenced_score >= playbooks.opens_at as is_opening,
        cast(null as date) as event_on,
        'healthy, ' || counted.first_evidence
        || case counted.signals
            when 1 then ''
            when 2 then ' (1 more signal)'
            else ' (' || cast(counted.signals - 1 as string) || ' more signals)'
        end as evidence
    from health_statuses
    inner join playbooks
        on playbooks.playbook = 'expansion'
        and health_statuses.evidenced_score >= playbooks.closes_at
    inner join counted
        on health_statuses.snapshot_date = counted.snapshot_date
        and health_statuses.account_id = counted.account_id
    where counted.strong_signals > 0
        or counted.signals >= playbooks.min_count
)

select * from final
