-- The assessment of a score, by the bands of its figure.
with

measured as (
    select * from {{ ref('int_satisfaction_measured') }}
),

assessment_bands as (
    select * from {{ ref('policy_assessment_bands') }}
),

bands as (
    select
        assessment_bands.*,
        not lead(assessment_bands.includes_min) over (
            partition by assessment_bands.figure
            order by assessment_bands.min_value
        ) as includes_max
    from assessment_bands
),

assessed as (
    select distinct
        measured.survey_type,
        measured.score,
        bands.assessment
    from measured
    inner join bands
        on bands.figure = case measured.survey_type when 'csat' then 'csat_percent' else measured.survey_type end
        and (measured.score > bands.min_value or (measured.score = bands.min_value and bands.includes_min))
        and (
            bands.max_value is null
            or measured.score < bands.max_value
            or (measured.score = bands.max_value and bands.includes_max)
        )
),

final as (
    select
        measured.period_grain,
        measured.period,
        measured.is_complete_period,
        measured.tier_scheme,
        measured.tier,
        measured.survey_type,
        measured.responses,
        measured.score,
        measured.mean_score,
        assessed.assessment,
        measured.is_small_sample
    from measured
    left join assessed
        on measured.survey_type = assessed.survey_type
        and measured.score = assessed.score
)

select * from final
