-- Whether a customer had come so far by a day after its start. Null until that day has passed.
-- A figure's name ends with the day, as the columns of rpt_onboarding do.
{% set figures = {
    'completed_30': 'onboarding_completed',
    'completed_90': 'onboarding_completed',
    'first_action_7': 'first_action',
    'first_outcome_14': 'first_outcome',
} %}
with

milestones as (
    select * from {{ ref('int_milestones_reached') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

aged as (
    select
        milestones.account_id,
        milestones.milestone,
        milestones.is_reached,
        milestones.days,
        {{ days_between('milestones.started_on', 'run_context.as_of_date') }} as age_days
    from milestones
    cross join run_context
),

final as (
    select
        aged.account_id,
        {% for figure, milestone in figures.items() %}
        {% set days = figure.split('_')[-1] %}
        max(
            case
                when aged.milestone <> '{{ milestone }}' or aged.age_days < {{ days }} then null
                when aged.is_reached and aged.days <= {{ days }} then 1
                else 0
            end
        ) as {{ figure }},
        {% endfor %}
        max(aged.age_days) as age_days
    from aged
    group by aged.account_id
)

select * from final
