-- What the roles of the team do and reach with new customers, as of as_of_date. Steps are those of the month to the day
-- that were due, whatever came of them. Touches count by the days that the touch tier expects.
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

tasks as (
    select * from {{ ref('int_playbook_tasks_due') }}
),

touches as (
    select * from {{ ref('int_account_touches') }}
),

objectives as (
    select * from {{ ref('int_objectives_known') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

milestones as (
    select * from {{ ref('int_milestones_reached') }}
),

answers as (
    select * from {{ ref('int_answers_judged') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

today as (
    select measured_dates.*
    from measured_dates
    where measured_dates.is_current
),

first_objectives as (
    select
        objectives.account_id,
        min(objectives.created_on) as planned_on
    from objectives
    group by objectives.account_id
),

facts as (
    select
        'automation_efficiency' as figure,
        case when tasks.owner_role = 'automation' then 1 else 0 end as part
    from tasks
    inner join today
        on tasks.due_on >= today.month_from
        and tasks.due_on <= today.measured_on
    union all
    select
        'touchpoints' as figure,
        case when touches.is_touch_overdue then 0 else 1 end as part
    from touches
    where touches.is_touch_overdue is not null
    union all
    -- A journey counts once its days are over.
    select
        'activation_rate' as figure,
        case when milestones.is_reached and milestones.days <= settings.activation_days then 1 else 0 end as part
    from milestones
    cross join settings
    inner join today
        on {{ add_days('milestones.started_on', 'settings.activation_days') }} >= today.year_from
        and {{ add_days('milestones.started_on', 'settings.activation_days') }} <= today.measured_on
    where milestones.milestone = 'first_action'
    union all
    select
        'onboarding_nps' as figure,
        answers.score_points as part
    from answers
    cross join settings
    inner join customer_starts
        on answers.account_id = customer_starts.account_id
        and {{ days_between('customer_starts.customer_since', 'answers.answered_on') }}
        between 0 and settings.onboarding_max_days
    inner join today
        on answers.answered_on >= today.year_from
        and answers.answered_on <= today.measured_on
    where answers.survey_type = 'nps'
),

plans as (
    select
        today.measured_on,
        count(
            case
                when first_objectives.planned_on >= today.quarter_from
                    and first_objectives.planned_on <= today.measured_on
                    then first_objectives.account_id
            end
        ) as planned,
        count(
            case
                when customer_starts.customer_since >= today.quarter_from
                    and customer_starts.customer_since <= today.measured_on
                    then customer_starts.account_id
            end
        ) as begun
    from today
    cross join customer_starts
    left join first_objectives
        on customer_starts.account_id = first_objectives.account_id
    group by today.measured_on
),

recorded as (
    select count(*) > 0 as has_objectives
    from first_objectives
),

final as (
    select
        facts.figure,
        round(cast(sum(facts.part) as double) / count(*), 9) as value,
        cast(null as double) as data_target,
        cast(count(*) as bigint) as observations
    from facts
    group by facts.figure
    union all
    select
        'success_plans_created' as figure,
        cast(plans.planned as double) as value,
        cast(plans.begun as double) as data_target,
        cast(plans.begun as bigint) as observations
    from plans
    inner join recorded
        on recorded.has_objectives
)

select * from final
