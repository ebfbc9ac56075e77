with

customers as (
    select * from {{ ref('int_account_mrr_dated') }}
),

survey_responses as (
    select * from {{ ref('stg_feedback__survey_responses') }}
),

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

metrics as (
    select * from {{ ref('policy_health_metrics') }}
),

windows as (
    select
        max(case when metrics.metric = 'nps' then metrics.window_days end) as nps_days,
        max(case when metrics.metric = 'csat' then metrics.window_days end) as csat_days
    from metrics
),

-- An answer without a contact stands for itself, whatever contact may have an id like its own.
nps_answers as (
    select
        customers.snapshot_date,
        customers.account_id,
        survey_responses.score,
        row_number() over (
            partition by
                customers.snapshot_date,
                customers.account_id,
                survey_responses.contact_id,
                case when survey_responses.contact_id is null then survey_responses.response_id end
            order by survey_responses.responded_at desc, survey_responses.response_id desc
        ) as answer_number
    from customers
    cross join windows
    inner join survey_responses
        on customers.account_id = survey_responses.account_id
        and {{ in_window('cast(survey_responses.responded_at as date)', 'customers.snapshot_date', 'windows.nps_days') }}
    where survey_responses.survey_type = 'nps'
),

nps as (
    select
        nps_answers.snapshot_date,
        nps_answers.account_id,
        avg(nps_answers.score) as nps
    from nps_answers
    where nps_answers.answer_number = 1
    group by nps_answers.snapshot_date, nps_answers.account_id
),

-- A ticket's rating is known when it is solved.
satisfaction as (
    select
        survey_responses.account_id,
        cast(survey_responses.responded_at as date) as given_on,
        survey_responses.score
    from survey_responses
    where survey_responses.survey_type = 'csat'
    union all
    select
        tickets.account_id,
        cast(tickets.solved_at as date) as given_on,
        tickets.csat_score as score
    from tickets
    where tickets.csat_score is not null
),

csat as (
    select
        customers.snapshot_date,
        customers.account_id,
        avg(satisfaction.score) as csat
    from customers
    cross join windows
    inner join satisfaction
        on customers.account_id = satisfaction.account_id
        and {{ in_window('satisfaction.given_on', 'customers.snapshot_date', 'windows.csat_days') }}
    group by customers.snapshot_date, customers.account_id
),

final as (
    {{ metric_rows('nps', ['nps']) }}
    union all
    {{ metric_rows('csat', ['csat']) }}
)

select * from final
