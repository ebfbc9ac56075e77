-- The months of the revenue history, each with its snapshot date.
with

calendar_days as (
    select * from {{ ref('int_calendar_days') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

history as (
    select cast(date_trunc('month', min(subscriptions.started_on)) as date) as first_month
    from subscriptions
),

final as (
    select
        calendar_days.date_day as month,
        least(last_day(calendar_days.date_day), run_context.as_of_date) as snapshot_on,
        calendar_days.date_day <= run_context.last_complete_month as is_complete_month
    from calendar_days
    cross join run_context
    cross join history
    where calendar_days.date_day = cast(date_trunc('month', calendar_days.date_day) as date)
        and calendar_days.date_day between history.first_month and run_context.as_of_month
)

select * from final
