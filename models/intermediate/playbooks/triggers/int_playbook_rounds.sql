-- A round runs from one review to the next. The first round begins with the customer's start, or with the first
-- objective where plans are reviewed. A plan is reviewed by a QBR, an EBR, or an objective agreed or achieved.
with

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

activities as (
    select * from {{ ref('stg_crm__activities') }}
),

answers as (
    select * from {{ ref('int_answers_known') }}
),

success_objectives as (
    select * from {{ ref('stg_crm__success_objectives') }}
),

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
),

recurring as (
    select distinct
        cadences.playbook,
        cadences.done_by
    from cadences
),

plans as (
    select
        success_objectives.account_id,
        min(success_objectives.created_on) as planned_on
    from success_objectives
    group by success_objectives.account_id
),

objective_days as (
    select
        success_objectives.account_id,
        success_objectives.created_on as worked_on
    from success_objectives
    union
    select
        success_objectives.account_id,
        success_objectives.achieved_on as worked_on
    from success_objectives
    where success_objectives.achieved_on > success_objectives.created_on
),

done as (
    select
        recurring.playbook,
        activities.account_id,
        -- A review completed before its scheduled day counts from the scheduled day.
        cast(greatest(activities.completed_at, activities.scheduled_at) as date) as done_on
    from recurring
    inner join activities
        on recurring.done_by = activities.activity_type
        or (recurring.done_by = 'plan_review' and activities.activity_type in ('qbr', 'ebr'))
    left join plans
        on activities.account_id = plans.account_id
    where activities.status = 'completed'
        and activities.completed_at is not null
        and (
            recurring.done_by <> 'plan_review'
            or cast(greatest(activities.completed_at, activities.scheduled_at) as date) >= plans.planned_on
        )
    union
    select
        recurring.playbook,
        objective_days.account_id,
        objective_days.worked_on as done_on
    from recurring
    inner join objective_days
        on recurring.done_by = 'plan_review'
    union
    select
        recurring.playbook,
        answers.account_id,
        answers.answered_on as done_on
    from recurring
    inner join answers
        on recurring.done_by = answers.survey_type
    where answers.answer_source = 'survey'
),

company as (
    select
        done.playbook,
        min(done.done_on) as recorded_from
    from done
    group by done.playbook
),

beginnings as (
    select
        company.playbook,
        customer_starts.account_id,
        customer_starts.customer_since as began_on
    from customer_starts
    cross join company
    inner join recurring
        on company.playbook = recurring.playbook
        and recurring.done_by <> 'plan_review'
    union
    select * from done
),

final as (
    select
        beginnings.playbook,
        beginnings.account_id,
        beginnings.began_on,
        lead(beginnings.began_on) over (
            partition by beginnings.playbook, beginnings.account_id
            order by beginnings.began_on
        ) as ended_on,
        done.done_on is null as is_first,
        company.recorded_from
    from beginnings
    inner join company
        on beginnings.playbook = company.playbook
    left join done
        on beginnings.playbook = done.playbook
        and beginnings.account_id = done.account_id
        and beginnings.began_on = done.done_on
)

select * from final
