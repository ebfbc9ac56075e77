-- Trainings of the onboarding whose outcome is known, by the planned day, and answers to surveys about it.
with

journeys as (
    select * from {{ ref('int_journeys_begun') }}
),

activities as (
    select * from {{ ref('int_activities_today') }}
),

answers as (
    select * from {{ ref('int_answers_judged') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

trainings as (
    select
        journeys.account_id,
        count(*) as trainings_planned,
        count_if(activities.status = 'completed') as trainings_done
    from journeys
    cross join settings
    inner join activities
        on journeys.account_id = activities.account_id
        and activities.kind = 'training'
        and activities.status in ('completed', 'no_show', 'canceled')
        and coalesce(activities.scheduled_on, activities.completed_on) between journeys.started_on
        and {{ add_days('journeys.started_on', 'settings.onboarding_max_days') }}
    group by journeys.account_id
),

answered as (
    select
        answers.account_id,
        {% for survey_type, score in [('nps', 'score_points'), ('csat', 'score')] %}
        count(case when answers.survey_type = '{{ survey_type }}' then answers.score end) as {{ survey_type }}_answers,
        sum(case when answers.survey_type = '{{ survey_type }}' then answers.{{ score }} end)
            as {{ survey_type }}_sum,
        {% endfor %}
        count(*) as onboarding_answers
    from answers
    where answers.is_about_onboarding
    group by answers.account_id
),

final as (
    select
        journeys.account_id,
        coalesce(trainings.trainings_planned, 0) as trainings_planned,
        coalesce(trainings.trainings_done, 0) as trainings_done,
        coalesce(answered.onboarding_answers, 0) as onboarding_answers,
        coalesce(answered.nps_answers, 0) as nps_answers,
        answered.nps_sum,
        coalesce(answered.csat_answers, 0) as csat_answers,
        answered.csat_sum
    from journeys
    left join trainings
        on journeys.account_id = trainings.account_id
    left join answered
        on journeys.account_id = answered.account_id
)

select * from final
