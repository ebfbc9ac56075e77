-- A row is a day whose day before is missing, or a day of a complete month after a month that is still open.
-- Marts join months to this calendar: a missing day drops a month, a wrong flag shows figures that still change.
-- Look first at int_calendar_days, then at last_complete_month in int_run_context.
with

days as (
    select * from {{ ref('dim_dates') }}
),

followed as (
    select
        days.date_day,
        days.is_complete_month,
        lag(days.date_day) over (order by days.date_day) as day_before,
        lag(days.is_complete_month) over (order by days.date_day) as was_complete
    from days
)

select followed.*
from followed
where followed.date_day <> {{ add_days('followed.day_before', 1) }}
    or (followed.is_complete_month and not followed.was_complete)
