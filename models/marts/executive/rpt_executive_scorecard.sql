-- Every figure of the policy is a row. A figure without data has null where its value would be.
-- A change compares with the month-end one or three calendar months before the month of the value.
-- A figure of the quarter compares with the same quarter, as it was seen then.
with

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

figures as (
    select * from {{ ref('int_figures') }}
),

by_quarter as (
    select * from {{ ref('int_figures_by_quarter') }}
),

judged as (
    select * from {{ ref('int_figures_judged') }}
),

scales as (
    select * from {{ ref('int_figure_scales') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

listed as (
    select
        policy_figures.*,
        row_number() over (
            order by
                case policy_figures.section
                    when 'business_outcome' then 1
                    when 'leading' then 2
                    when 'activity' then 3
                    else 4
                end,
                policy_figures.sort_order
        ) as place,
        judged.measured_on,
        judged.period_grain,
        judged.value,
        judged.status,
        judged.rating,
        judged.rating_source,
        judged.note,
        case policy_figures.change_basis
            when 'month' then last_day(cast(judged.measured_on - interval '1' month as date))
            when 'quarter' then last_day(cast(judged.measured_on - interval '3' month as date))
        end as compared_on,
        run_context.reporting_currency
    from policy_figures
    cross join run_context
    left join judged
        on policy_figures.figure = judged.figure
),

-- The quarter is null for a figure that is not of a quarter.
known_before as (
    select
        figures.figure,
        figures.measured_on,
        cast(null as date) as quarter,
        figures.value
    from figures
    where figures.touch_tier = 'all'
        and figures.period_grain <> 'quarter'
    union all
    select
        by_quarter.figure,
        by_quarter.measured_on,
        by_quarter.quarter,
        by_quarter.value
    from by_quarter
    where by_quarter.touch_tier = 'all'
),

compared as (
    select
        listed.*,
        previous.value as previous_value,
        case when previous.value is not null then listed.compared_on end as previous_on,
        scales.status_source,
        scales.good,
        scales.great,
        {% for value in ['listed.value', 'previous.value'] %}
        {{ display_text(value, 'listed.display_format', 'listed.unit', 'listed.reporting_currency') }}
            as {{ 'display_value' if loop.first else 'previous_display_value' }},
        {% endfor %}
        listed.value - previous.value as change
    from listed
    left join known_before as previous
        on listed.figure = previous.figure
        and listed.compared_on = previous.measured_on
        and coalesce(previous.quarter = cast(date_trunc('quarter', listed.measured_on) as date), true)
    left join scales
        on listed.figure = scales.figure
),

directed as (
    select
        compared.*,
        case
            when compared.display_value = compared.previous_display_value then 'flat'
            when compared.change > 0 then 'up'
            when compared.change < 0 then 'down'
        end as change_direction
    from compared
),

final as (
    select
        directed.figure,
        directed.label,
        directed.section,
        cast(directed.place as int) as sort_order,
        directed.value,
        directed.display_value,
        directed.unit,
        directed.previous_value,
        directed.previous_on as previous_period,
        directed.measured_on as period,
        directed.period_grain,
        directed.change,
        directed.change_basis,
        directed.change_direction as direction,
        case
            when directed.direction = 'none' or directed.change_direction = 'flat' then null
            else (directed.change_direction = 'up') = (directed.direction = 'higher')
        end as is_improvement,
        directed.direction as better,
        directed.good,
        directed.great,
        directed.status,
        directed.status_source,
        directed.rating,
        directed.rating_source,
        directed.owner_role,
        directed.calculated,
        directed.reviewed,
        case
            when directed.status is not null and directed.rating_source <> directed.status_source
                and directed.status_source = 'stage_thresholds'
                then 'At the stage ' || {{ quoted_text(var("company_stage") | replace('_', ' ')) }} || ', '
                    || {{ percent_text('directed.good') }}
                    || ' is good. The rating is the published word for any stage.'
            when directed.value is null then coalesce(directed.note, 'There is no data for it.')
            else directed.note
        end as note,
        directed.reporting_currency
    from directed
)

select * from final
