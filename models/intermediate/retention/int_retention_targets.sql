-- The benchmarks of a tier are those of its benchmark segment. An ARR tier has the segment of its touch tier.
with

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

coverage_targets as (
    select * from {{ ref('policy_coverage_targets') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

benchmarks as (
    select * from {{ ref('policy_benchmarks') }}
),

tiers as (
    select
        'arr_tier' as segment_type,
        arr_tier_cuts.tier as segment,
        coverage_targets.benchmark_segment
    from arr_tier_cuts
    inner join coverage_targets
        on arr_tier_cuts.touch_tier = coverage_targets.touch_tier
    where arr_tier_cuts.scheme = {{ quoted_text(var("arr_tier_scheme")) }}
    union all
    select
        'touch_tier' as segment_type,
        coverage_targets.touch_tier as segment,
        coverage_targets.benchmark_segment
    from coverage_targets
    union all
    select
        'investment_tier' as segment_type,
        investment_tiers.tier as segment,
        investment_tiers.benchmark_segment
    from investment_tiers
),

final as (
    select
        tiers.segment_type,
        tiers.segment,
        {% for figure in ['grr', 'nrr', 'logo_retention'] %}
        max(case when benchmarks.figure = '{{ figure }}' then benchmarks.good end) as {{ figure }}_good,
        max(case when benchmarks.figure = '{{ figure }}' then benchmarks.acceptable end) as {{ figure }}_acceptable,
        {% endfor %}
        tiers.benchmark_segment
    from tiers
    left join benchmarks
        on tiers.benchmark_segment = benchmarks.segment
    group by tiers.segment_type, tiers.segment, tiers.benchmark_segment
)

select * from final
