-- Whole numbers, to count days back from a date: as many as the calendar has days.
with

calendar_days as (
    select * from {{ ref('int_calendar_days') }}
),

final as (
    select cast(row_number() over (order by calendar_days.date_day) - 1 as int) as days_back
    from calendar_days
)

select * from final
