with

answers as (
    select * from {{ ref('int_answers_judged') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

final as (
    select
        case when answers.answer_source = 'ticket' then 'ticket ' else '' end || answers.answer_id as response_id,
        answers.account_id,
        account_names.account_name,
        answers.contact_id,
        contacts.contact_label,
        answers.answer_source,
        case when answers.answer_source = 'ticket' then answers.answer_id end as ticket_id,
        answers.survey_type,
        cast(answers.score as int) as score,
        answers.answer_class,
        answers.score_points,
        answers.answered_on,
        answers.arr_tier,
        answers.touch_tier,
        answers.investment_tier
    from answers
    left join account_names
        on answers.account_id = account_names.account_id
    left join contacts
        on answers.contact_id = contacts.contact_id
)

select * from final
