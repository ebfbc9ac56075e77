-- Every benchmark says where good begins and which way is better, great lies beyond good, and the company as a whole has one of each figure.
with

benchmarks as (
    select * from {{ ref('policy_benchmarks') }}
)

select
    case
        when benchmarks.good is null then 'benchmarks: it is not told where good begins'
        when benchmarks.is_lower_better is null then 'benchmarks: is_lower_better is true or false'
        else 'benchmarks: great lies short of good'
    end as flaw,
    benchmarks.figure || ' ' || benchmarks.segment as place
from benchmarks
where benchmarks.good is null
    or benchmarks.is_lower_better is null
    or case when benchmarks.is_lower_better then benchmarks.great > benchmarks.good else benchmarks.great < benchmarks.good end
union all
select
    'benchmarks: a figure has none for all' as flaw,
    benchmarks.figure as place
from benchmarks
group by benchmarks.figure
having count(*) filter (where benchmarks.segment = 'all') = 0
