-- An advocate is a healthy account with NPS answers of advocate_min_nps or more, or one that the latest assessment
-- with a statement calls a public advocate.
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

run_context as (
    select * from {{ ref('int_run_context') }}
),

healthy as (
    select
        health_statuses.account_id,
        health_statuses.snapshot_date
    from health_statuses
    inner join run_context
        on health_statuses.snapshot_date = run_context.as_of_date
    where health_statuses.health_status = 'healthy'
),

assessed as (
    select
        icp_assessments.account_id,
        max_by(icp_assessments.advocates_publicly, icp_assessments.assessed_on) as advocates_publicly
    from icp_assessments
    inner join run_context
        on icp_assessments.assessed_on <= run_context.as_of_date
    where icp_assessments.advocates_publicly is not null
    group by icp_assessments.account_id
),

final as (
    select healthy.account_id
    from healthy
    cross join settings
    left join metrics
        on healthy.snapshot_date = metrics.snapshot_date
        and healthy.account_id = metrics.account_id
        and metrics.metric = 'nps_mean'
    left join assessed
        on healthy.account_id = assessed.account_id
    where metrics.value >= settings.advocate_min_nps
        or assessed.advocates_publicly
)

select * from final
