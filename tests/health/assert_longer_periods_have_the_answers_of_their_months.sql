-- A row is a quarter, or a trailing year within the history, whose answers are not those of its months.
-- Boards read NPS by quarter and by year, teams by month: both must rest on the same answers.
-- Look first at int_satisfaction_measured for the period.
with

satisfaction as (
    select * from {{ ref('rpt_satisfaction') }}
),

months as (
    select satisfaction.*
    from satisfaction
    where satisfaction.period_grain = 'month'
        and satisfaction.touch_tier = 'all'
),

periods as (
    select
        satisfaction.*,
        case
            when satisfaction.period_grain = 'quarter' then satisfaction.period
            else satisfaction.period - interval '11' month
        end as first_month,
        case
            when satisfaction.period_grain = 'quarter' then satisfaction.period + interval '2' month
            else satisfaction.period
        end as last_month
    from satisfaction
    where satisfaction.period_grain <> 'month'
        and satisfaction.touch_tier = 'all'
)

select
    periods.period_grain,
    periods.period,
    periods.survey_type,
    periods.responses,
    sum(months.responses) as responses_of_months
from periods
left join months
    on periods.survey_type = months.survey_type
    and months.period between periods.first_month and periods.last_month
where periods.first_month >= (select min(earliest.period) from months as earliest)
group by periods.period_grain, periods.period, periods.survey_type, periods.responses
having periods.responses is distinct from sum(months.responses)
