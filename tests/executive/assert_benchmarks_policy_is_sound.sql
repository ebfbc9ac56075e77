-- Great is no worse than good, and good than acceptable, which has a source.
-- Every figure has a benchmark for the whole company.
select
    'benchmarks' as file,
    benchmarks.figure || ',' || benchmarks.segment as place,
    'great is ' || benchmarks.great || ', expected no worse than good, which is ' || benchmarks.good as violation
from {{ ref('policy_benchmarks') }} as benchmarks
where case
        when benchmarks.is_lower_better then benchmarks.great > benchmarks.good
        else benchmarks.great < benchmarks.good
    end
union all
select
    'benchmarks' as file,
    benchmarks.figure || ',' || benchmarks.segment as place,
    'acceptable is ' || benchmarks.acceptable || ', expected no better than good, which is ' || benchmarks.good
        as violation
from {{ ref('policy_benchmarks') }} as benchmarks
where case
        when benchmarks.is_lower_better then benchmarks.acceptable < benchmarks.good
        else benchmarks.acceptable > benchmarks.good
    end
union all
select
    'benchmarks' as file,
    benchmarks.figure || ',' || benchmarks.segment as place,
    'expected acceptable_source where acceptable is stated, and only there' as violation
from {{ ref('policy_benchmarks') }} as benchmarks
where (benchmarks.acceptable is null) <> (benchmarks.acceptable_source is null)
union all
select
    'benchmarks' as file,
    benchmarks.figure || ',all' as place,
    'the row is missing' as violation
from {{ ref('policy_benchmarks') }} as benchmarks
group by benchmarks.figure
having count_if(benchmarks.segment = 'all') = 0
