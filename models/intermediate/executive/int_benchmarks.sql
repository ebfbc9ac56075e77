-- Benchmarks under the names of figures. That of a segment has the segment in its name.
-- Strategic accounts have the target of enterprise ones.
with

benchmarks as (
    select * from {{ ref('policy_benchmarks') }}
),

named as (
    select
        case when benchmarks.segment = 'all' then benchmarks.figure else benchmarks.figure || '_' || benchmarks.segment end
            as figure,
        benchmarks.good,
        benchmarks.great,
        benchmarks.acceptable,
        benchmarks.is_lower_better
    from benchmarks
    union all
    select
        benchmarks.figure || '_strategic' as figure,
        benchmarks.good,
        benchmarks.great,
        benchmarks.acceptable,
        benchmarks.is_lower_better
    from benchmarks
    where benchmarks.segment = 'enterprise'
),

final as (
    select
        named.figure,
        named.good,
        named.great,
        named.acceptable,
        named.is_lower_better
    from named
)

select * from final
