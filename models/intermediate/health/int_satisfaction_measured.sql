-- Months, quarters, and the 12 months that end with a complete one, for all accounts and by tier in the answer's month.
with

answers as (
    select * from {{ ref('int_answers_judged') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

quarters as (
    select distinct cast(date_trunc('quarter', months.month) as date) as quarter
    from months
),

periods as (
    select
        'month' as period_grain,
        months.month as period,
        months.month as first_day,
        last_day(months.month) as last_day
    from months
    union all
    select
        'quarter' as period_grain,
        quarters.quarter as period,
        quarters.quarter as first_day,
        last_day(cast(quarters.quarter + interval '2' month as date)) as last_day
    from quarters
    union all
    select
        'trailing_12m' as period_grain,
        months.month as period,
        cast(months.month - interval '11' month as date) as first_day,
        last_day(months.month) as last_day
    from months
    where months.is_complete_month
),

answers_in_tiers as (
    {% for tier_scheme in ['all', 'arr_tier', 'touch_tier', 'investment_tier'] %}
    select
        answers.survey_type,
        answers.score,
        answers.score_points,
        cast(date_trunc('month', answers.answered_on) as date) as month,
        '{{ tier_scheme }}' as tier_scheme,
        {{ "'all'" if loop.first else 'answers.' ~ tier_scheme }} as tier
    from answers
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted_by_month as (
    select
        answers_in_tiers.month,
        answers_in_tiers.tier_scheme,
        answers_in_tiers.tier,
        answers_in_tiers.survey_type,
        count(*) as responses,
        sum(answers_in_tiers.score) as total_score,
        sum(answers_in_tiers.score_points) as total_points
    from answers_in_tiers
    group by answers_in_tiers.month, answers_in_tiers.tier_scheme, answers_in_tiers.tier, answers_in_tiers.survey_type
),

counted as (
    select
        periods.period_grain,
        periods.period,
        periods.last_day,
        counted_by_month.tier_scheme,
        counted_by_month.tier,
        counted_by_month.survey_type,
        cast(sum(counted_by_month.responses) as bigint) as responses,
        cast(sum(counted_by_month.total_points) as double) / sum(counted_by_month.responses) as score,
        cast(sum(counted_by_month.total_score) as double) / sum(counted_by_month.responses) as mean_score
    from periods
    inner join counted_by_month
        on counted_by_month.month between periods.first_day and periods.last_day
    group by
        periods.period_grain,
        periods.period,
        periods.last_day,
        counted_by_month.tier_scheme,
        counted_by_month.tier,
        counted_by_month.survey_type
),

final as (
    select
        counted.period_grain,
        counted.period,
        counted.last_day <= run_context.as_of_date as is_complete_period,
        counted.tier_scheme,
        counted.tier,
        counted.survey_type,
        counted.responses,
        counted.score,
        counted.mean_score,
        counted.responses < settings.small_sample_responses as is_small_sample
    from counted
    cross join run_context
    cross join settings
)

select * from final
