-- A change is flat where a page would show the same value, or a change of zero.
with

policy_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

latest as (
    select * from {{ ref('int_figures_latest') }}
),

previous as (
    select * from {{ ref('int_figures_previous') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

shown as (
    select
        latest.figure,
        latest.touch_tier,
        latest.measured_on,
        latest.value,
        previous.previous_on,
        previous.previous_value,
        latest.value - previous.previous_value as change,
        policy_figures.direction as better,
        {{ display_text(
            'latest.value', 'policy_figures.display_format', 'policy_figures.unit',
            'run_context.reporting_currency'
        ) }} as display_value,
        {{ display_text(
            'previous.previous_value', 'policy_figures.display_format', 'policy_figures.unit',
            'run_context.reporting_currency'
        ) }} as previous_display_value,
        {{ display_change_text(
            'latest.value - previous.previous_value', 'policy_figures.display_format', 'policy_figures.unit',
            'run_context.reporting_currency'
        ) }} as display_size,
        {{ display_change_text(
            '0', 'policy_figures.display_format', 'policy_figures.unit',
            'run_context.reporting_currency'
        ) }} as no_size
    from latest
    inner join policy_figures
        on latest.figure = policy_figures.figure
    cross join run_context
    left join previous
        on latest.figure = previous.figure
        and latest.touch_tier = previous.touch_tier
),

directed as (
    select
        shown.*,
        case
            when shown.display_value = shown.previous_display_value or shown.display_size = shown.no_size then 'flat'
            when shown.change > 0 then 'up'
            when shown.change < 0 then 'down'
        end as direction
    from shown
),

final as (
    select
        directed.figure,
        directed.touch_tier,
        directed.measured_on,
        directed.value,
        directed.display_value,
        directed.previous_on,
        directed.previous_value,
        directed.change,
        case directed.direction
            when 'flat' then 'unchanged'
            when 'up' then '+' || directed.display_size
            when 'down' then '-' || directed.display_size
        end as display_change,
        directed.direction,
        case
            when directed.better = 'none' or directed.direction = 'flat' then null
            else (directed.direction = 'up') = (directed.better = 'higher')
        end as is_improvement
    from directed
)

select * from final
