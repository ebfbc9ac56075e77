-- Meetings that were held, missed or canceled, and trainings that were held. Messages and webinars would hide them.
with

activities as (
    select * from {{ ref('int_activities_known') }}
),

labels as (
    select * from {{ ref('policy_labels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

decided as (
    select
        activities.activity_id,
        activities.account_id,
        activities.status,
        activities.known_on,
        coalesce(activities.completed_on, activities.scheduled_on) as took_place_on,
        coalesce(labels.label, activities.activity_type) as activity,
        coalesce(' with ' || contacts.contact_label, '') as with_whom
    from activities
    cross join run_context
    left join labels
        on labels.domain = 'activity_type'
        and activities.activity_type = labels.code
    left join contacts
        on activities.contact_id = contacts.contact_id
    where activities.known_on <= run_context.as_of_date
        and (
            (activities.kind = 'meeting' and activities.status in ('completed', 'no_show', 'canceled'))
            or (activities.kind = 'training' and activities.is_touch)
        )
),

final as (
    select
        decided.account_id,
        decided.took_place_on as occurred_on,
        decided.known_on,
        {{ event_columns('activity', 'fct_activities', {'activity_id': 'decided.activity_id'}) }},
        decided.activity || decided.with_whom
        || case decided.status
            when 'completed' then ' held.'
            when 'no_show' then ' missed: nobody of the customer came.'
            else ' canceled.'
        end as event_text,
        false as is_provisional
    from decided
)

select * from final
