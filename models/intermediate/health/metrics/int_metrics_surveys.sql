with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

answers as (
    select * from {{ ref('int_answers_known') }}
),

metrics as (
    select * from {{ ref('policy_health_metrics') }}
),

windows as (
    select
        max(case when metrics.metric = 'nps_mean' then metrics.window_days end) as nps_days,
        max(case when metrics.metric = 'csat' then metrics.window_days end) as csat_days
    from metrics
),

-- An answer without a contact counts on its own, even if a contact has the same id as the answer.
nps_answers as (
    select
        customers.snapshot_date,
        customers.account_id,
        answers.score,
        row_number() over (
            partition by
                customers.snapshot_date,
                customers.account_id,
                answers.contact_id,
                case when answers.contact_id is null then answers.answer_id end
            order by answers.answered_at desc, answers.answer_id desc
        ) as answer_number
    from customers
    cross join windows
    inner join answers
        on customers.account_id = answers.account_id
        and {{ in_window('answers.answered_on', 'customers.snapshot_date', 'windows.nps_days') }}
    where answers.survey_type = 'nps'
),

nps_mean as (
    select
        nps_answers.snapshot_date,
        nps_answers.account_id,
        avg(nps_answers.score) as nps_mean
    from nps_answers
    where nps_answers.answer_number = 1
    group by nps_answers.snapshot_date, nps_answers.account_id
),

csat as (
    select
        customers.snapshot_date,
        customers.account_id,
        avg(answers.score) as csat
    from customers
    cross join windows
    inner join answers
        on customers.account_id = answers.account_id
        and {{ in_window('answers.answered_on', 'customers.snapshot_date', 'windows.csat_days') }}
    where answers.survey_type = 'csat'
    group by customers.snapshot_date, customers.account_id
),

final as (
    {{ metric_rows('nps_mean', ['nps_mean']) }}
    union all
    {{ metric_rows('csat', ['csat']) }}
)

select * from final
