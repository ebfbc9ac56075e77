with

events as (
    select * from {{ ref('con_amplitude__event_rows') }}
),

last_of_day as (
    select
        events.user_id,
        events.group_id,
        cast(events.event_time as date) as stated_on,
        row_number() over (
            partition by events.user_id, cast(events.event_time as date)
            order by max(events.event_time) desc, events.group_id desc
        ) as statement_number
    from events
    where
        events.user_id is not null
        and events.group_id is not null
        and events.event_time is not null
    group by
        events.user_id,
        events.group_id,
        cast(events.event_time as date)
),

-- The last group of a day holds for the whole day, and until the day of the next one.
final as (
    select
        last_of_day.user_id,
        last_of_day.group_id,
        last_of_day.stated_on as valid_from,
        lead(last_of_day.stated_on) over (
            partition by last_of_day.user_id order by last_of_day.stated_on
        ) as valid_to
    from last_of_day
    where last_of_day.statement_number = 1
)

select * from final
