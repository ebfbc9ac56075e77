-- Scales are the company's, so that a tier has no status.
with

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

compared as (
    select * from {{ ref('int_figures_compared') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        compared.figure,
        compared.touch_tier,
        compared.value,
        compared.display_value,
        policy_figures.unit,
        compared.previous_value,
        compared.previous_on as previous_period,
        compared.measured_on as period,
        compared.change,
        compared.display_change,
        compared.direction,
        compared.is_improvement,
        run_context.reporting_currency
    from compared
    inner join policy_figures
        on compared.figure = policy_figures.figure
    cross join run_context
    where compared.value is not null
)

select * from final
