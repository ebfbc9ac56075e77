-- A meeting that has ended counts as held, since Salesforce does not say whether anybody came.
with

events as (
    select * from ({{ loaded_rows('salesforce', 'event') }}) as loaded
),

tasks as (
    select * from ({{ loaded_rows('salesforce', 'task') }}) as loaded
),

meetings as (
    select
        events.*,
        coalesce(events.starts_at, events.activity_date) as scheduled_at,
        case
            when events.is_canceled then 'canceled'
            when events.is_no_show then 'no_show'
            when coalesce(events.ends_at, events.starts_at, events.activity_date)
                <= coalesce(events._loaded_at, cast('{{ run_date() }}' as timestamp)) then 'completed'
            else 'scheduled'
        end as status
    from events
),

final as (
    select
        meetings.id,
        meetings.account_id,
        meetings.owner_id,
        meetings.what_id,
        meetings.who_id,
        meetings.type,
        meetings.subject,
        meetings.subtype,
        meetings.scheduled_at,
        case when meetings.status = 'completed' then meetings.scheduled_at end as completed_at,
        meetings.status,
        case
            when meetings._version > 1 then 'older_version'
            when coalesce(meetings.is_deleted, false) or coalesce(meetings.is_gone, false) then 'deleted'
            when meetings.is_child then 'child'
            when meetings.is_series then 'series'
        end as not_taken
    from meetings
    union all
    select
        tasks.id,
        tasks.account_id,
        tasks.owner_id,
        tasks.what_id,
        tasks.who_id,
        tasks.type,
        tasks.subject,
        tasks.subtype,
        coalesce(tasks.due_at, tasks.created_date) as scheduled_at,
        case when tasks.is_closed then coalesce(tasks.completed_at, tasks.due_at, tasks.created_date) end
            as completed_at,
        case when tasks.is_closed then 'completed' else 'scheduled' end as status,
        case
            when tasks._version > 1 then 'older_version'
            when coalesce(tasks.is_deleted, false) or coalesce(tasks.is_gone, false) then 'deleted'
            when tasks.is_series then 'series'
        end as not_taken
    from tasks
)

select * from final
