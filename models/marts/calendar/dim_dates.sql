with

calendar_days as (
    select * from {{ ref('int_calendar_days') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        calendar_days.date_day,
        cast(date_trunc('month', calendar_days.date_day) as date) as month,
        cast(date_trunc('quarter', calendar_days.date_day) as date) as quarter,
        cast(extract(year from calendar_days.date_day) as int) as year,
        calendar_days.date_day = last_day(calendar_days.date_day) as is_month_end,
        cast(date_trunc('month', calendar_days.date_day) as date) <= run_context.last_complete_month
            as is_complete_month
    from calendar_days
    cross join run_context
)

select * from final
