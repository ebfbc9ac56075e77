-- Answers to surveys. The rating of a ticket stands with its solution.
with

answers as (
    select * from {{ ref('int_answers_known') }}
),

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

final as (
    select
        answers.account_id,
        answers.answered_on as occurred_on,
        answers.answered_on as known_on,
        {{ event_columns('survey_answer', 'fct_survey_answers', {'response_id': 'answers.answer_id'}) }},
        case answers.survey_type when 'nps' then 'NPS' when 'csat' then 'CSAT' else 'CES' end
        || ' answer of ' || {{ number_text('answers.score') }}
        || case answers.survey_type when 'nps' then ' of 10' when 'csat' then ' of 5' else ' of 7' end
        || coalesce(' by ' || contacts.contact_label, '') || '.' as event_text,
        false as is_provisional
    from answers
    left join contacts
        on answers.contact_id = contacts.contact_id
    where answers.answer_source = 'survey'
)

select * from final
