-- A row shows a touch tier and milestone whose rows of all cohorts do not hold the journeys of each.
-- Readers take the median of all cohorts for that of the rows above it.
-- Look first at int_milestone_survival.
with

journeys as (
    select
        times.touch_tier,
        times.milestone,
        count(*) filter (where times.cohort_quarter is null) as total_rows,
        coalesce(sum(times.accounts) filter (where times.cohort_quarter is null), 0) as accounts_in_all,
        coalesce(sum(times.accounts) filter (where times.cohort_quarter is not null), 0) as accounts_of_each,
        coalesce(sum(times.achieved) filter (where times.cohort_quarter is null), 0) as achieved_in_all,
        coalesce(sum(times.achieved) filter (where times.cohort_quarter is not null), 0) as achieved_of_each
    from {{ ref('rpt_time_to_value') }} as times
    group by times.touch_tier, times.milestone
)

select journeys.*
from journeys
where journeys.total_rows <> 1
    or journeys.accounts_in_all <> journeys.accounts_of_each
    or journeys.achieved_in_all <> journeys.achieved_of_each
