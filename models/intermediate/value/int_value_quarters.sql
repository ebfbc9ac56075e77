-- A quarter is reported as of its last day, and the running one as of as_of_date.
with

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        cast(date_trunc('quarter', months.month) as date) as quarter,
        cast(cast(date_trunc('quarter', months.month) as date) - interval '3' month as date) as previous_quarter,
        max(months.snapshot_on) as reported_on,
        count_if(months.is_complete_month) = 3 as is_complete_quarter
    from months
    group by cast(date_trunc('quarter', months.month) as date)
)

select * from final
