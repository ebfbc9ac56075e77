with

events as (
    select * from {{ ref('con_amplitude__event_rows') }}
),

final as (
    select
        events.user_id,
        max(events.email) as email,
        max(events.department) as department,
        coalesce(min(events.user_created_at), min(events.event_time)) as created_at
    from events
    where events.user_id is not null
    group by events.user_id
)

select * from final
