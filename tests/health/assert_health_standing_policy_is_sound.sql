-- Statuses and colours hold every score, one colour the unscored, and every pair of colour and trend has a priority.
with

colours as (
    select * from {{ ref('policy_health_colours') }}
),

priorities as (
    select * from {{ ref('policy_health_priority') }}
),

score_bands as (
    select
        'health_status_bands' as file,
        bands.status as band,
        bands.min_score
    from {{ ref('policy_health_status_bands') }} as bands
    union all
    select
        'health_colours' as file,
        colours.colour as band,
        colours.min_score
    from colours
    where colours.min_score is not null
),

trends as (
    {% for trend in ['improving', 'stable', 'declining', 'no_data'] %}
    select '{{ trend }}' as trend
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

pairs as (
    select
        colours.colour,
        trends.trend
    from colours
    cross join trends
)

select
    score_bands.file || ': the lowest band does not start at 0' as flaw,
    cast(min(score_bands.min_score) as string) as place
from score_bands
group by score_bands.file
having min(score_bands.min_score) <> 0
union all
select
    score_bands.file || ': a least score is not a number from 0 to 100' as flaw,
    score_bands.band as place
from score_bands
where not coalesce(score_bands.min_score between 0 and 100, false)
union all
select
    score_bands.file || ': two bands start at one score' as flaw,
    cast(score_bands.min_score as string) as place
from score_bands
group by score_bands.file, score_bands.min_score
having count(*) > 1
union all
select
    'health_colours: not one colour alone is without a least score, for the unscored' as flaw,
    cast(count(*) filter (where colours.min_score is null) as string) as place
from colours
having count(*) filter (where colours.min_score is null) <> 1
union all
select
    'health_priority: colours and trends are not paired, or have no priority' as flaw,
    coalesce(pairs.colour, priorities.colour) || ', ' || coalesce(pairs.trend, priorities.trend) as place
from pairs
full outer join priorities
    on pairs.colour = priorities.colour
    and pairs.trend = priorities.trend
where pairs.colour is null or priorities.priority is null
