-- An account recommends us with NPS answers of advocate_min_nps or more, or if the latest assessment with a statement
-- calls it a public advocate.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
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

assessed as (
    select
        snapshot_dates.snapshot_date,
        icp_assessments.account_id,
        max_by(icp_assessments.advocates_publicly, icp_assessments.assessed_on) as advocates_publicly
    from snapshot_dates
    inner join icp_assessments
        on snapshot_dates.snapshot_date >= icp_assessments.assessed_on
    where icp_assessments.advocates_publicly is not null
    group by snapshot_dates.snapshot_date, icp_assessments.account_id
),

answered as (
    select
        metrics.snapshot_date,
        metrics.account_id,
        metrics.value as nps_mean
    from metrics
    where metrics.metric = 'nps_mean'
),

joined as (
    select
        coalesce(assessed.snapshot_date, answered.snapshot_date) as snapshot_date,
        coalesce(assessed.account_id, answered.account_id) as account_id,
        answered.nps_mean,
        assessed.advocates_publicly
    from assessed
    full outer join answered
        on assessed.snapshot_date = answered.snapshot_date
        and assessed.account_id = answered.account_id
),

final as (
    select
        joined.snapshot_date,
        joined.account_id,
        joined.nps_mean,
        joined.advocates_publicly,
        coalesce(joined.nps_mean >= settings.advocate_min_nps, false) as is_recommended_in_answers,
        coalesce(joined.nps_mean >= settings.advocate_min_nps, false)
        or coalesce(joined.advocates_publicly, false) as is_recommending
    from joined
    cross join settings
)

select * from final
