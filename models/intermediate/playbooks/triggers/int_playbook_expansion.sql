-- A healthy account with an open expansion signal. The evidence names the first signal and counts the rest.
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

healthy as (
    select health_statuses.*
    from health_statuses
    where health_statuses.health_status = 'healthy'
),

final as (
    select
        healthy.snapshot_date,
        healthy.account_id,
        playbooks.playbook,
        cast(null as date) as event_on,
        'healthy, ' || min_by(signals.evidence, signals.signal_number)
        || case count(*)
            when 1 then ''
            when 2 then ' (1 more signal)'
            else ' (' || cast(count(*) - 1 as string) || ' more signals)'
        end as evidence
    from healthy
    inner join signals
        on healthy.snapshot_date = signals.snapshot_date
        and healthy.account_id = signals.account_id
    inner join playbooks
        on playbooks.playbook = 'expansion'
    group by healthy.snapshot_date, healthy.account_id, playbooks.playbook
)

select * from final
