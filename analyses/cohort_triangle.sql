-- How much of each quarterly cohort's first MRR is still there, gross, at 3, 6, 12, 18 and 24 months?
select
    cohorts.cohort,
    max(cohorts.cohort_accounts) as accounts,
    round(100 * max(case when cohorts.age_months = 3 then cohorts.grr end), 1) as grr_at_3,
    round(100 * max(case when cohorts.age_months = 6 then cohorts.grr end), 1) as grr_at_6,
    round(100 * max(case when cohorts.age_months = 12 then cohorts.grr end), 1) as grr_at_12,
    round(100 * max(case when cohorts.age_months = 18 then cohorts.grr end), 1) as grr_at_18,
    round(100 * max(case when cohorts.age_months = 24 then cohorts.grr end), 1) as grr_at_24
from {{ ref('fct_cohort_retention') }} as cohorts
where cohorts.cohort_grain = 'quarter'
    and cohorts.segment_type = 'all'
group by cohorts.cohort
order by cohorts.cohort
