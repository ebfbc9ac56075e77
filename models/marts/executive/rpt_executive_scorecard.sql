-- Every figure of the policy is a row. A figure without data has null where its value would be.
with

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

compared as (
    select * from {{ ref('int_figures_compared') }}
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

ordered as (
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
        ) as place
    from policy_figures
),

final as (
    select
        ordered.figure,
        ordered.label,
        ordered.definition,
        ordered.section,
        cast(ordered.place as int) as sort_order,
        compared.value,
        compared.display_value,
        ordered.unit,
        compared.previous_value,
        compared.previous_on as previous_period,
        compared.measured_on as period,
        ordered.period_grain,
        compared.change,
        compared.display_change,
        ordered.change_basis,
        compared.direction,
        compared.is_improvement,
        ordered.direction as better,
        scales.good,
        {{ display_text(
            'scales.good', 'ordered.display_format', 'ordered.unit', 'run_context.reporting_currency'
        ) }} as display_good,
        scales.great,
        judged.status,
        scales.status_source,
        judged.rating,
        judged.rating_source,
        ordered.owner_role,
        ordered.calculated,
        ordered.reviewed,
        case
            when judged.status is not null and judged.rating_source <> scales.status_source
                and scales.status_source = 'stage_thresholds'
                then 'At the ' || {{ quoted_text(var("company_stage") | replace('_', ' ')) }} || ' stage, '
                    || {{ percent_text('scales.good') }}
                    || ' is good. The rating is the published word for any stage.'
            when judged.value is null then coalesce(judged.note, 'There is no data for this figure.')
            else judged.note
        end as note,
        run_context.reporting_currency
    from ordered
    cross join run_context
    left join compared
        on ordered.figure = compared.figure
        and compared.touch_tier = 'all'
    left join judged
        on ordered.figure = judged.figure
    left join scales
        on ordered.figure = scales.figure
)

select * from final
