-- Bands begin at the least score there is, none twice at the same; what makes a promoter, a detractor and the satisfied is a number.
with

least_scores as (
    {% for figure, least_score in {'nps': -100, 'csat_percent': 0, 'ces': 1}.items() %}
    select
        '{{ figure }}' as figure,
        {{ least_score }} as least_score
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    'assessment_bands: the lowest band does not begin at the least score' as flaw,
    least_scores.figure as place
from least_scores
left join {{ ref('policy_assessment_bands') }} as bands
    on least_scores.figure = bands.figure
    and least_scores.least_score = bands.min_value
    and bands.includes_min
where bands.figure is null
union all
select
    'assessment_bands: two bands begin at the same value' as flaw,
    bands.figure as place
from {{ ref('policy_assessment_bands') }} as bands
group by bands.figure
having count(distinct bands.min_value) <> count(*)
union all
select
    'assessment_bands: no such figure, or a band without a beginning' as flaw,
    bands.figure || ' ' || bands.assessment as place
from {{ ref('policy_assessment_bands') }} as bands
left join least_scores
    on bands.figure = least_scores.figure
where least_scores.figure is null
    or not coalesce(bands.min_value >= least_scores.least_score, false)
    or bands.includes_min is null
union all
select
    'health_settings: a number of satisfaction is absent or out of its scale' as flaw,
    'nps_promoter_min_score, nps_detractor_max_score, csat_satisfied_min_score, small_sample_responses' as place
from {{ ref('policy_health_settings') }} as settings
where not coalesce(settings.nps_detractor_max_score < settings.nps_promoter_min_score, false)
    or not coalesce(settings.nps_promoter_min_score between 0 and 10, false)
    or not coalesce(settings.csat_satisfied_min_score between 1 and 5, false)
    or not coalesce(settings.small_sample_responses >= 0, false)
