-- Answers given by as_of_date. A ticket's CSAT is known once the ticket is solved, but not before it was created.
with

survey_responses as (
    select * from {{ ref('stg_feedback__survey_responses') }}
),

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

answers as (
    select
        'survey' as answer_source,
        survey_responses.response_id as answer_id,
        survey_responses.account_id,
        survey_responses.contact_id,
        survey_responses.survey_type,
        coalesce(lower(trim(survey_responses.touchpoint)) = 'onboarding', false) as is_about_onboarding,
        survey_responses.score,
        survey_responses.responded_at as answered_at
    from survey_responses
    union all
    select
        'ticket' as answer_source,
        tickets.ticket_id as answer_id,
        tickets.account_id,
        cast(null as string) as contact_id,
        'csat' as survey_type,
        false as is_about_onboarding,
        tickets.csat_score as score,
        case
            when tickets.solved_at < tickets.created_at then tickets.created_at
            else tickets.solved_at
        end as answered_at
    from tickets
    where tickets.csat_score is not null
),

final as (
    select
        answers.answer_source,
        answers.answer_id,
        answers.account_id,
        answers.contact_id,
        answers.survey_type,
        answers.is_about_onboarding,
        cast(answers.score as double) as score,
        answers.answered_at,
        cast(answers.answered_at as date) as answered_on
    from answers
    inner join run_context
        on cast(answers.answered_at as date) <= run_context.as_of_date
)

select * from final
