-- The policy's numbers for retention, as one row.
with

retention_flags as (
    select * from {{ ref('policy_retention_flags') }}
),

final as (
    select
        {% for flag in [
            'leaky_bucket_max_grr', 'leaky_bucket_min_nrr', 'cs_leverage_min_preventable_share', 'structural_max_preventable_share',
            'reason_match_days', 'cohort_trend_age_months', 'cohort_trend_cohorts', 'cohort_trend_min_cohorts',
            'cohort_trend_improving_slope', 'cohort_trend_degrading_slope',
        ] %}
        max(case when retention_flags.flag = '{{ flag }}' then retention_flags.value end) as {{ flag }}{{ ',' if not loop.last }}
        {% endfor %}
    from retention_flags
)

select * from final
