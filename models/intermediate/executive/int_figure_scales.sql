-- The scale that judges a figure: the thresholds of the company's stage where it has some, else its benchmark.
with

benchmarks as (
    select * from {{ ref('int_benchmarks') }}
),

thresholds as (
    select * from {{ ref('policy_stage_thresholds') }}
),

stage_thresholds as (
    select thresholds.*
    from thresholds
    where thresholds.stage = {{ quoted_text(var("company_stage")) }}
),

final as (
    select
        stage_thresholds.figure,
        'stage_thresholds' as status_source,
        stage_thresholds.healthy as good,
        cast(null as double) as great,
        stage_thresholds.concerning as acceptable,
        false as is_lower_better
    from stage_thresholds
    union all
    select
        benchmarks.figure,
        'benchmarks' as status_source,
        benchmarks.good,
        benchmarks.great,
        benchmarks.acceptable,
        benchmarks.is_lower_better
    from benchmarks
    left join stage_thresholds
        on benchmarks.figure = stage_thresholds.figure
    where stage_thresholds.figure is null
)

select * from final
