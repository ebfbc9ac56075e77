-- Benchmarks under the names of figures. An investment tier has those of its benchmark segment, with its name added.
with

benchmarks as (
    select * from {{ ref('policy_benchmarks') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

final as (
    select
        benchmarks.figure,
        benchmarks.good,
        benchmarks.great,
        benchmarks.acceptable,
        benchmarks.is_lower_better
    from benchmarks
    where benchmarks.segment = 'all'
    union all
    select
        benchmarks.figure || '_' || investment_tiers.tier as figure,
        benchmarks.good,
        benchmarks.great,
        benchmarks.acceptable,
        benchmarks.is_lower_better
    from benchmarks
    inner join investment_tiers
        on benchmarks.segment = investment_tiers.benchmark_segment
)

select * from final
