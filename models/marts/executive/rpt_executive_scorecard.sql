-- Every figure of the policy is a row. A figure without data has null where its value would be.
with

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

judged as (
    select * from {{ ref('int_figures_judged') }}
),

previous as (
    select * from {{ ref('int_figures_previous') }}
),

scales as (
    select * from {{ ref('int_figure_scales') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

compared as (
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
        judged.value,
        judged.status,
        judged.rating,
        judged.rating_source,
        judged.note,
        previous.previous_on,
        previous.previous_value,
        judged.value - previous.previous_value as change,
        scales.status_source,
        scales.good,
        scales.great,
        {% for value in ['judged.value', 'previous.previous_value'] %}
        {{ display_text(
            value, 'policy_figures.display_format', 'policy_figures.unit', 'run_context.reporting_currency'
        ) }} as {{ 'display_value' if loop.first else 'previous_display_value' }},
        {% endfor %}
        run_context.reporting_currency
    from policy_figures
    cross join run_context
    left join judged
        on policy_figures.figure = judged.figure
    left join previous
        on policy_figures.figure = previous.figure
    left join scales
        on policy_figures.figure = scales.figure
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
                then 'At the ' || {{ quoted_text(var("company_stage") | replace('_', ' ')) }} || ' stage, '
                    || {{ percent_text('directed.good') }}
                    || ' is good. The rating is the published word for any stage.'
            when directed.value is null then coalesce(directed.note, 'There is no data for this figure.')
            else directed.note
        end as note,
        directed.reporting_currency
    from directed
)

select * from final
