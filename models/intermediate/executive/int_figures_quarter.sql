-- The outlook of the quarter of the date.
with

by_quarter as (
    select * from {{ ref('int_figures_by_quarter') }}
),

final as (
    select
        by_quarter.figure,
        by_quarter.measured_on,
        by_quarter.touch_tier,
        by_quarter.value,
        cast(null as string) as note
    from by_quarter
    where by_quarter.quarter = cast(date_trunc('quarter', by_quarter.measured_on) as date)
)

select * from final
