-- The lowest band of a figure starts at the lowest score of its scale.
with

starts as (
    select
        bands.figure,
        min(case when bands.includes_min then bands.min_value end) as starts_at,
        case bands.figure when 'nps' then -100 when 'ces' then 1 else 0 end as lowest_score
    from {{ ref('policy_assessment_bands') }} as bands
    group by bands.figure
)

select
    'assessment_bands' as file,
    starts.figure as place,
    'the lowest min_value with includes_min is ' || coalesce(cast(starts.starts_at as string), 'missing')
    || ', expected ' || starts.lowest_score as violation
from starts
where starts.starts_at is distinct from starts.lowest_score
