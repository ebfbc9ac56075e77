-- Every row of the policy. Its value and target are the scorecard's, or those of the role's own figures.
with

role_metrics as (
    select * from {{ ref('policy_role_metrics') }}
),

scorecard as (
    select * from {{ ref('rpt_executive_scorecard') }}
),

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

work as (
    select * from {{ ref('int_role_figures_work') }}
),

results as (
    select * from {{ ref('int_role_figures_results') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

own_figures as (
    select * from work
    union all
    select * from results
),

measured as (
    select
        role_metrics.role,
        role_metrics.figure,
        role_metrics.label,
        role_metrics.section,
        role_metrics.importance,
        role_metrics.sort_order,
        role_metrics.scorecard_figure,
        role_metrics.owner_role,
        coalesce(scorecard.value, own_figures.value) as value,
        coalesce(role_metrics.unit, policy_figures.unit) as unit,
        coalesce(role_metrics.display_format, policy_figures.display_format) as display_format,
        coalesce(role_metrics.target, own_figures.data_target, scorecard.good) as target,
        coalesce(role_metrics.direction, policy_figures.direction) as better
    from role_metrics
    left join scorecard
        on role_metrics.scorecard_figure = scorecard.figure
    left join policy_figures
        on role_metrics.scorecard_figure = policy_figures.figure
    left join own_figures
        on role_metrics.figure = own_figures.figure
),

final as (
    select
        measured.role,
        measured.figure,
        measured.label,
        measured.section,
        measured.importance,
        cast(measured.sort_order as int) as sort_order,
        measured.value,
        {{ display_text(
            'measured.value', 'measured.display_format', 'measured.unit', 'run_context.reporting_currency'
        ) }} as display_value,
        measured.unit,
        measured.target,
        {{ display_text(
            'measured.target', 'measured.display_format', 'measured.unit', 'run_context.reporting_currency'
        ) }} as display_target,
        measured.better,
        case
            when measured.value is null then 'no_data'
            when measured.target is null then 'no_target'
            when measured.better = 'lower' and round(measured.value, 9) < measured.target then 'met'
            when measured.better = 'higher' and round(measured.value, 9) >= measured.target then 'met'
            else 'missed'
        end as verdict,
        measured.owner_role,
        measured.scorecard_figure,
        run_context.reporting_currency
    from measured
    cross join run_context
)

select * from final
