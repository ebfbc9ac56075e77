-- Retention and satisfaction cover the latest twelve whole months, health and journeys are as of as_of_date.
{% set verdicts = {'nrr': 'nrr_verdict', 'grr': 'grr_verdict', 'logo_retention': 'logo_verdict'} %}
{% set renewal_units = {'renewals_due': 'renewals', 'renewals_due_arr': 'currency'} %}
{% do renewal_units.update({'renewal_forecast': 'currency', 'renewal_forecast_share': 'share'}) %}
with

retention as (
    select * from {{ ref('fct_retention') }}
),

renewal_forecast as (
    select * from {{ ref('rpt_renewal_forecast') }}
),

expansion_forecast as (
    select * from {{ ref('rpt_expansion_forecast') }}
),

other_figures as (
    select * from {{ ref('int_figures') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
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

renewals_by_quarter as (
    select
        renewal_forecast.quarter,
        cast(renewal_forecast.renewals as double) as renewals_due,
        cast(renewal_forecast.arr_up as double) as renewals_due_arr,
        cast(renewal_forecast.forecast_calibrated as double) as renewal_forecast,
        renewal_forecast.forecast_share as renewal_forecast_share
    from renewal_forecast
    where renewal_forecast.touch_tier = 'all'
),

expansion as (
    select
        cast(sum(expansion_forecast.amount) as double) as expansion_pipeline,
        cast(sum(expansion_forecast.expected_amount) as double) as expansion_expected
    from expansion_forecast
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
        retention_by_month.{{ verdict }} as assessment,
        cast(null as string) as note
    from retention_by_month
    where retention_by_month.month_number = 1
    union all
    {% endfor %}
    {% for figure, unit in renewal_units.items() %}
    select
        '{{ figure }}' as figure,
        '{{ unit }}' as unit,
        'quarter' as period_grain,
        cast(date_trunc('quarter', run_context.as_of_date) as date) as period,
        due.{{ figure }} as value,
        due_before.{{ figure }} as previous_value,
        cast(null as string) as assessment,
        cast(null as string) as note
    from run_context
    left join renewals_by_quarter as due
        on cast(date_trunc('quarter', run_context.as_of_date) as date) = due.quarter
    left join renewals_by_quarter as due_before
        on cast(date_trunc('quarter', run_context.as_of_date) - interval '3' month as date) = due_before.quarter
    union all
    {% endfor %}
    {% for figure in ['expansion_pipeline', 'expansion_expected'] %}
    select
        '{{ figure }}' as figure,
        'currency' as unit,
        'day' as period_grain,
        run_context.as_of_date as period,
        expansion.{{ figure }} as value,
        cast(null as double) as previous_value,
        cast(null as string) as assessment,
        cast(null as string) as note
    from run_context
    cross join expansion
    union all
    {% endfor %}
    select * from other_figures
),

-- For effort, days and risk, less is better.
compared as (
    select
        figures.*,
        {% for level in ['great', 'good'] %}
        case
            when benchmarks.is_lower_better then figures.value < benchmarks.{{ level }}
            else figures.value >= benchmarks.{{ level }}
        end as is_{{ level }},
        {% endfor %}
        benchmarks.good,
        benchmarks.great
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
        compared.note,
        compared.period,
        compared.period_grain
    from compared
)

select * from final
