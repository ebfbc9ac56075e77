-- A round runs from one review to the next. The first round begins with the customer's start.
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

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
),

recurring as (
    select distinct
        cadences.playbook,
        cadences.done_by
    from cadences
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
    where activities.status = 'completed'
        and activities.completed_at is not null
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
