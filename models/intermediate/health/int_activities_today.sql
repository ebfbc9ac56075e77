-- What as_of_date knows of each activity. Until its outcome is known it is scheduled.
with

activities as (
    select * from {{ ref('int_activities_known') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

known as (
    select
        activities.*,
        coalesce(activities.known_on <= run_context.as_of_date, true) as is_known,
        coalesce(activities.completed_on, activities.scheduled_on) as took_place_on
    from activities
    cross join run_context
    -- A later one is known only as a plan.
    where coalesce(coalesce(activities.scheduled_on, activities.completed_on) <= run_context.as_of_date, true)
        or activities.status = 'scheduled'
),

final as (
    select
        known.activity_id,
        known.account_id,
        known.member_id,
        known.contact_id,
        known.activity_type,
        known.kind,
        known.scheduled_on,
        case when known.is_known and known.status = 'completed' then known.took_place_on end as completed_on,
        case when known.is_known then known.status else 'scheduled' end as status,
        known.is_known and known.is_touch and known.took_place_on is not null as is_touch
    from known
)

select * from final
