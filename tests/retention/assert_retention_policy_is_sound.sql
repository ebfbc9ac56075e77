-- Thresholds fall, flags are all there, tiers start at 0, every mapped code has a category, and the stage and scheme in use exist.
select
    'stage_thresholds: healthy is not above concerning' as flaw,
    thresholds.stage || ' ' || thresholds.figure as place
from {{ ref('policy_stage_thresholds') }} as thresholds
where not coalesce(thresholds.healthy > thresholds.concerning, false)
union all
select
    'stage_thresholds: the company stage lacks a figure' as flaw,
    {{ quoted_text(var("company_stage")) }} as place
from {{ ref('policy_stage_thresholds') }} as thresholds
having count_if(thresholds.stage = {{ quoted_text(var("company_stage")) }} and thresholds.figure in ('grr', 'nrr', 'logo_retention')) <> 3
union all
select
    'arr_tier_cuts: the lowest tier does not start at 0' as flaw,
    cuts.scheme as place
from {{ ref('policy_arr_tier_cuts') }} as cuts
group by cuts.scheme
having min(cuts.min_arr) <> 0 or count(distinct cuts.min_arr) <> count(*)
union all
select
    'arr_tier_cuts: the scheme in use is absent' as flaw,
    {{ quoted_text(var("arr_tier_scheme")) }} as place
from {{ ref('policy_arr_tier_cuts') }} as cuts
having count_if(cuts.scheme = {{ quoted_text(var("arr_tier_scheme")) }}) = 0
union all
select
    'churn_reason_map: no such category' as flaw,
    mapped.reason_code || ' ' || mapped.category as place
from {{ ref('policy_churn_reason_map') }} as mapped
left join {{ ref('policy_churn_reason_categories') }} as categories
    on mapped.category = categories.category
where categories.category is null or mapped.reason_code <> lower(mapped.reason_code)
union all
select
    'churn_reason_categories: unknown is absent' as flaw,
    'unknown' as place
from {{ ref('policy_churn_reason_categories') }} as categories
having count_if(categories.category = 'unknown') <> 1
union all
select
    'retention_flags: a flag is absent or not a number' as flaw,
    flags.flag as place
from (
    {% for flag in [
        'leaky_bucket_max_grr', 'leaky_bucket_min_nrr', 'cs_leverage_min_preventable_share', 'structural_max_preventable_share',
        'reason_match_days', 'cohort_trend_age_months', 'cohort_trend_cohorts', 'cohort_trend_min_cohorts',
        'cohort_trend_improving_slope', 'cohort_trend_degrading_slope',
    ] %}
    select '{{ flag }}' as flag
    {{ 'union all' if not loop.last }}
    {% endfor %}
) as flags
left join {{ ref('policy_retention_flags') }} as policy
    on flags.flag = policy.flag
where policy.value is null
