-- An outcome is known from the completion, but not before the activity's scheduled day, or else from the day after it.
-- An automated e-mail has no team member and is no touch.
with

activities as (
    select * from {{ ref('stg_crm__activities') }}
),

kinds as (
    select * from {{ ref('policy_activity_kinds') }}
),

final as (
    select
        activities.activity_id,
        activities.account_id,
        activities.member_id,
        activities.contact_id,
        activities.activity_type,
        kinds.kind,
        activities.status,
        activities.status = 'completed'
        and kinds.is_touch
        and (not kinds.needs_member or activities.member_id is not null) as is_touch,
        activities.scheduled_at,
        cast(activities.scheduled_at as date) as scheduled_on,
        cast(activities.completed_at as date) as completed_on,
        case
            when activities.completed_at < activities.scheduled_at then cast(activities.scheduled_at as date)
            else
                coalesce(
                    cast(activities.completed_at as date), {{ add_days('cast(activities.scheduled_at as date)', '1') }}
                )
        end as known_on
    from activities
    inner join kinds
        on activities.activity_type = kinds.activity_type
)

select * from final
