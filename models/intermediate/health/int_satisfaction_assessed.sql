-- The assessment of a score, by the bands of its figure.
with

measured as (
    select * from {{ ref('int_satisfaction_measured') }}
),

assessment_bands as (
    select * from {{ ref('policy_assessment_bands') }}
),

assessed as (
    select
        measured.survey_type,
        measured.score,
        max_by(assessment_bands.assessment, assessment_bands.min_value) as assessment
    from measured
    inner join assessment_bands
        on assessment_bands.figure
        = case measured.survey_type when 'csat' then 'csat_percent' else measured.survey_type end
        and {{ reaches_band('measured.score', 'assessment_bands') }}
    group by measured.survey_type, measured.score
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
