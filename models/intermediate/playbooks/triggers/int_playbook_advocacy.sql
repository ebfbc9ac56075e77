-- A healthy account that recommends us in NPS answers, or that the latest assessment with a statement calls a public
-- advocate.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

icp_assessments as (
    select * from {{ ref('stg_crm__icp_assessments') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

healthy as (
    select
        health_statuses.snapshot_date,
        health_statuses.account_id,
        playbooks.playbook,
        health_statuses.evidenced_score >= playbooks.opens_at as is_opening
    from health_statuses
    inner join playbooks
        on playbooks.playbook = 'advocacy'
        and health_statuses.evidenced_score >= playbooks.closes_at
),

assessed as (
    select
        healthy.snapshot_date,
        healthy.account_id,
        max_by(icp_assessments.advocates_publicly, icp_assessments.assessed_on) as advocates_publicly
    from healthy
    inner join icp_assessments
        on healthy.account_id = icp_assessments.account_id
        and healthy.snapshot_date >= icp_assessments.assessed_on
    where icp_assessments.advocates_publicly is not null
    group by healthy.snapshot_date, healthy.account_id
),

final as (
    select
        healthy.snapshot_date,
        healthy.account_id,
        healthy.playbook,
        healthy.is_opening,
        cast(null as date) as event_on,
        case
            when metrics.value >= settings.advocate_min_nps
                then 'healthy, mean NPS answer ' || {{ number_text('metrics.value', 1) }}
            else 'healthy, advocates in public'
        end as evidence
    from healthy
    cross join settings
    left join metrics
        on healthy.snapshot_date = metrics.snapshot_date
        and healthy.account_id = metrics.account_id
        and metrics.metric = 'nps_mean'
    left join assessed
        on healthy.snapshot_date = assessed.snapshot_date
        and healthy.account_id = assessed.account_id
    where metrics.value >= settings.advocate_min_nps
        or assessed.advocates_publicly
)

select * from final
