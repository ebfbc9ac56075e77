-- One colour is for accounts without a score, and every pair of colour and trend has a priority. Without a score there
-- is no trend.
with

colours as (
    select * from {{ ref('policy_health_colours') }}
),

pairs as (
    {% for trend in ['improving', 'stable', 'declining', 'no_data'] %}
    select
        colours.colour,
        '{{ trend }}' as trend,
        colours.min_score is not null or '{{ trend }}' = 'no_data' as is_needed
    from colours
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    'health_colours' as file,
    cast(null as string) as place,
    count_if(colours.min_score is null)
    || ' rows have no min_score, expected 1 for accounts without a score' as violation
from colours
having count_if(colours.min_score is null) <> 1
union all
select
    'health_priority' as file,
    coalesce(pairs.colour || ',' || pairs.trend, priorities.colour || ',' || priorities.trend) as place,
    case when pairs.colour is null then 'no such colour or trend' else 'the row is missing' end as violation
from pairs
full outer join {{ ref('policy_health_priority') }} as priorities
    on pairs.colour = priorities.colour
    and pairs.trend = priorities.trend
where pairs.colour is null or (priorities.colour is null and pairs.is_needed)
