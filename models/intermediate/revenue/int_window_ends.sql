-- MRR is compared over a month for the ledger. For retention it is compared over the 12 months to a quarter's end and
-- to the last complete month.
with

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

windows as (
    select
        1 as window_months,
        cast(months.month - interval '1' month as date) as start_month,
        months.month as end_month
    from months
    union all
    select
        12 as window_months,
        cast(months.month - interval '12' month as date) as start_month,
        months.month as end_month
    from months
    cross join run_context
    where months.is_complete_month
        and (extract(month from months.month) in (3, 6, 9, 12) or months.month = run_context.last_complete_month)
),

final as (
    select
        windows.window_months,
        windows.end_month,
        windows.start_month as month,
        1 as is_opening,
        0 as is_closing
    from windows
    union all
    select
        windows.window_months,
        windows.end_month,
        windows.end_month as month,
        0 as is_opening,
        1 as is_closing
    from windows
)

select * from final
