-- The score of answers is the mean of what each adds: NPS 100, 0 or -100, CSAT 1 or 0, CES the answer itself.
with

answers as (
    select * from {{ ref('int_answers_known') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

classed as (
    select
        answers.*,
        case answers.survey_type
            when 'nps'
                then
                    case
                        when answers.score >= settings.nps_promoter_min_score then 'promoter'
                        when answers.score <= settings.nps_detractor_max_score then 'detractor'
                        else 'passive'
                    end
            when 'csat'
                then
                    case
                        when answers.score >= settings.csat_satisfied_min_score then 'satisfied'
                        else 'unsatisfied'
                    end
        end as answer_class
    from answers
    cross join settings
),

final as (
    select
        classed.answer_source,
        classed.answer_id,
        classed.account_id,
        classed.contact_id,
        classed.survey_type,
        classed.is_about_onboarding,
        classed.score,
        classed.answered_at,
        classed.answered_on,
        classed.answer_class,
        cast(
            case classed.answer_class
                when 'promoter' then 100
                when 'passive' then 0
                when 'detractor' then -100
                when 'satisfied' then 1
                when 'unsatisfied' then 0
                else classed.score
            end as double
        ) as score_points,
        coalesce(account_tiers.arr_tier, '(none)') as arr_tier,
        coalesce(account_tiers.touch_tier, '(none)') as touch_tier,
        coalesce(account_tiers.investment_tier, '(none)') as investment_tier
    from classed
    left join account_tiers
        on classed.account_id = account_tiers.account_id
        and cast(date_trunc('month', classed.answered_on) as date) = account_tiers.month
)

select * from final
