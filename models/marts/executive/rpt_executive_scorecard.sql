-- What a board asks for: retention and satisfaction of the latest twelve whole months, health and journeys as of as_of_date.
{% set verdicts = {'nrr': 'nrr_verdict', 'grr': 'grr_verdict', 'logo_retention': 'logo_verdict'} %}
with

retention as (
    select * from {{ ref('fct_retention') }}
),

satisfaction as (
    select * from {{ ref('int_figures_satisfaction') }}
),

health as (
    select * from {{ ref('int_figures_health') }}
),

journey as (
    select * from {{ ref('int_figures_journey') }}
),

benchmarks as (
    select * from {{ ref('int_benchmarks') }}
),

retention_by_month as (
    select
        retention.month,
        {% for figure, verdict in verdicts.items() %}
        retention.{{ figure }},
        retention.{{ verdict }},
        lag(retention.{{ figure }}) over (order by retention.month) as previous_{{ figure }},
        {% endfor %}
        row_number() over (order by retention.month desc) as month_number
    from retention
    where retention.window_months = 12
        and retention.segment_type = 'all'
),

figures as (
    {% for figure, verdict in verdicts.items() %}
    select
        '{{ figure }}' as figure,
        'share' as unit,
        'trailing_12m' as period_grain,
        retention_by_month.month as period,
        retention_by_month.{{ figure }} as value,
        retention_by_month.previous_{{ figure }} as previous_value,
        retention_by_month.{{ verdict }} as assessment
    from retention_by_month
    where retention_by_month.month_number = 1
    union all
    {% endfor %}
    select
        satisfaction.figure,
        satisfaction.unit,
        'trailing_12m' as period_grain,
        satisfaction.period,
        satisfaction.value,
        satisfaction.previous_value,
        satisfaction.assessment
    from satisfaction
    union all
    select
        health.figure,
        health.unit,
        'day' as period_grain,
        health.period,
        health.value,
        health.previous_value,
        cast(null as string) as assessment
    from health
    union all
    select
        journey.figure,
        journey.unit,
        'day' as period_grain,
        journey.period,
        journey.value,
        cast(null as double) as previous_value,
        cast(null as string) as assessment
    from journey
),

-- Less is better of effort, days and risk.
compared as (
    select
        figures.*,
        benchmarks.good,
        benchmarks.great,
        case
            when benchmarks.is_lower_better then figures.value < benchmarks.great
            else figures.value >= benchmarks.great
        end as is_great,
        case
            when benchmarks.is_lower_better then figures.value < benchmarks.good
            else figures.value >= benchmarks.good
        end as is_good
    from figures
    left join benchmarks
        on figures.figure = benchmarks.figure
),

final as (
    select
        compared.figure,
        compared.value,
        compared.unit,
        compared.previous_value,
        compared.value - compared.previous_value as change,
        compared.good,
        compared.great,
        case
            when compared.assessment is not null then compared.assessment
            when compared.is_great then 'great'
            when compared.is_good then 'good'
            when not compared.is_good then 'below_good'
        end as assessment,
        compared.period,
        compared.period_grain
    from compared
)

select * from final
