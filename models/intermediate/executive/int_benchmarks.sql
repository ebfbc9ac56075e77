-- Benchmarks of the company as a whole.
with

benchmarks as (
    select * from {{ ref('policy_benchmarks') }}
),

final as (
    select
        benchmarks.figure,
        benchmarks.good,
        benchmarks.great,
        benchmarks.is_lower_better
    from benchmarks
    where benchmarks.segment = 'all'
)

select * from final
