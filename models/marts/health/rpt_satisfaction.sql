with

satisfaction as (
    select * from {{ ref('int_satisfaction_assessed') }}
),

final as (
    select
        satisfaction.period_grain,
        satisfaction.period,
        satisfaction.tier as touch_tier,
        satisfaction.survey_type,
        satisfaction.is_complete_period,
        satisfaction.responses,
        satisfaction.score,
        satisfaction.mean_score,
        satisfaction.assessment,
        satisfaction.is_small_sample
    from satisfaction
    where satisfaction.tier_scheme in ('all', 'touch_tier')
)

select * from final
