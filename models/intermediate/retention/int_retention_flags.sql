-- The policy's numbers for retention, as one row.
with

retention_flags as (
    select * from {{ ref('policy_retention_flags') }}
),

final as (
    select
        max(case when retention_flags.flag = 'leaky_bucket_max_grr' then retention_flags.value end) as leaky_bucket_max_grr,
        max(case when retention_flags.flag = 'leaky_bucket_min_nrr' then retention_flags.value end) as leaky_bucket_min_nrr,
        max(case when retention_flags.flag = 'cs_leverage_min_preventable_share' then retention_flags.value end) as cs_leverage_min_preventable_share,
        max(case when retention_flags.flag = 'structural_max_preventable_share' then retention_flags.value end) as structural_max_preventable_share,
        max(case when retention_flags.flag = 'reason_match_days' then retention_flags.value end) as reason_match_days,
        max(case when retention_flags.flag = 'cohort_trend_age_months' then retention_flags.value end) as cohort_trend_age_months,
        max(case when retention_flags.flag = 'cohort_trend_cohorts' then retention_flags.value end) as cohort_trend_cohorts,
        max(case when retention_flags.flag = 'cohort_trend_min_cohorts' then retention_flags.value end) as cohort_trend_min_cohorts,
        max(case when retention_flags.flag = 'cohort_trend_improving_slope' then retention_flags.value end) as cohort_trend_improving_slope,
        max(case when retention_flags.flag = 'cohort_trend_degrading_slope' then retention_flags.value end) as cohort_trend_degrading_slope
    from retention_flags
)

select * from final
