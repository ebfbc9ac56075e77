-- A figure compares with its value at the month-end one or three calendar months before the month of the latest.
-- A figure of the quarter compares with the same quarter, as it was seen then.
with

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

latest as (
    select * from {{ ref('int_figures_latest') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

by_quarter as (
    select * from {{ ref('int_figures_by_quarter') }}
),

dated as (
    select
        latest.figure,
        latest.touch_tier,
        policy_figures.period_grain,
        case policy_figures.change_basis
            when 'month' then last_day(cast(latest.measured_on - interval '1' month as date))
            when 'quarter' then last_day(cast(latest.measured_on - interval '3' month as date))
        end as compared_on,
        cast(date_trunc('quarter', latest.measured_on) as date) as quarter
    from latest
    inner join policy_figures
        on latest.figure = policy_figures.figure
),

final as (
    select
        dated.figure,
        dated.touch_tier,
        figures.measured_on as previous_on,
        figures.value as previous_value
    from dated
    inner join figures
        on dated.figure = figures.figure
        and dated.touch_tier = figures.touch_tier
        and dated.compared_on = figures.measured_on
    where dated.period_grain <> 'quarter'
        and figures.value is not null
    union all
    select
        dated.figure,
        dated.touch_tier,
        by_quarter.measured_on as previous_on,
        by_quarter.value as previous_value
    from dated
    inner join by_quarter
        on dated.figure = by_quarter.figure
        and dated.touch_tier = by_quarter.touch_tier
        and dated.compared_on = by_quarter.measured_on
        and dated.quarter = by_quarter.quarter
    where by_quarter.value is not null
)

select * from final
