-- A tier that has no value on the figure's latest date shows none of an earlier date.
with

figures as (
    select * from {{ ref('int_figures') }}
),

latest as (
    select
        figures.figure,
        max(figures.measured_on) as measured_on
    from figures
    where figures.touch_tier = 'all'
    group by figures.figure
),

final as (
    select
        figures.figure,
        figures.touch_tier,
        figures.measured_on,
        figures.value,
        figures.note,
        figures.is_judged
    from figures
    inner join latest
        on figures.figure = latest.figure
        and figures.measured_on = latest.measured_on
)

select * from final
