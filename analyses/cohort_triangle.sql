-- How much of each quarterly cohort's first MRR is still there, gross, at 3, 6, 12, 18 and 24 months?
select
    cohorts.cohort,
    max(cohorts.cohort_accounts) as accounts,
    {% for age in [3, 6, 12, 18, 24] %}
    round(100 * max(case when cohorts.age_months = {{ age }} then cohorts.grr end), 1) as grr_at_{{ age }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('fct_cohort_retention') }} as cohorts
where cohorts.cohort_grain = 'quarter'
    and cohorts.segment_type = 'all'
group by cohorts.cohort
order by cohorts.cohort
