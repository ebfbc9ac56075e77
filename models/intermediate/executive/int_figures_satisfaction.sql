-- Satisfaction in the latest twelve whole months, and in the twelve that ended a month before.
with

satisfaction as (
    select * from {{ ref('int_satisfaction_assessed') }}
),

numbered as (
    select
        satisfaction.survey_type,
        satisfaction.period,
        satisfaction.score,
        satisfaction.mean_score,
        satisfaction.assessment,
        row_number() over (partition by satisfaction.survey_type order by satisfaction.period desc) as period_number
    from satisfaction
    where satisfaction.period_grain = 'trailing_12m'
        and satisfaction.tier_scheme = 'all'
        and satisfaction.is_complete_period
),

final as (
    select
        latest.survey_type as figure,
        case latest.survey_type
            when 'nps' then 'points'
            when 'csat' then 'mean of 1 to 5'
            else 'mean of 1 to 7'
        end as unit,
        latest.period,
        case when latest.survey_type = 'csat' then latest.mean_score else latest.score end as value,
        case when latest.survey_type = 'csat' then previous.mean_score else previous.score end as previous_value,
        latest.assessment,
        cast(null as string) as note
    from numbered as latest
    left join numbered as previous
        on latest.survey_type = previous.survey_type
        and previous.period = cast(latest.period - interval '1' month as date)
    where latest.period_number = 1
)

select * from final
