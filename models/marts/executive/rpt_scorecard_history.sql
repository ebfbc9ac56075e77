-- Month-ends of complete months, each with what was known by then. A figure whose past is not known has none.
with

figures as (
    select * from {{ ref('int_figures') }}
),

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        figures.figure,
        cast(date_trunc('month', figures.measured_on) as date) as month,
        figures.touch_tier,
        figures.value,
        policy_figures.unit,
        run_context.reporting_currency
    from figures
    inner join policy_figures
        on figures.figure = policy_figures.figure
    cross join run_context
    where figures.measured_on = last_day(figures.measured_on)
        and figures.has_history
        and figures.value is not null
)

select * from final
