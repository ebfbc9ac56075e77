with

segments as (
    select * from {{ ref('int_segments_measured') }}
),

satisfaction as (
    select * from {{ ref('int_satisfaction_measured') }}
),

value_times as (
    select * from {{ ref('int_time_to_value') }}
),

retention as (
    select * from {{ ref('fct_retention') }}
),

tier_loads as (
    select * from {{ ref('int_touch_tier_loads') }}
),

tier_utilizations as (
    select * from {{ ref('int_tier_utilizations') }}
),

coverage_targets as (
    select * from {{ ref('policy_coverage_targets') }}
),

arr_scheme_retention as (
    select * from {{ ref('int_arr_scheme_retention') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

last_complete_year as (
    select retention.*
    from retention
    inner join run_context
        on retention.month = run_context.last_complete_month
    where retention.window_months = 12
),

promoters as (
    select satisfaction.*
    from satisfaction
    inner join run_context
        on satisfaction.period = run_context.last_complete_month
    where satisfaction.period_grain = 'trailing_12m'
        and satisfaction.survey_type = 'nps'
),

first_outcomes as (
    select value_times.*
    from value_times
    where value_times.cohort = 'all'
        and value_times.milestone = 'first_outcome'
),

final as (
    select
        segments.tier_scheme,
        segments.arr_tier_scheme,
        segments.tier,
        cast(segments.tier_rank as int) as tier_rank,
        cast(segments.accounts as bigint) as accounts,
        cast(segments.arr as decimal(18, 2)) as arr,
        cast(segments.accounts as double)
        / nullif(sum(segments.accounts) over (partition by segments.tier_scheme), 0) as share_of_accounts,
        cast(segments.arr as double)
        / nullif(cast(sum(segments.arr) over (partition by segments.tier_scheme) as double), 0) as share_of_arr,
        cast(segments.published_share_low as double) as published_share_low,
        cast(segments.published_share_high as double) as published_share_high,
        cast(segments.upgrade_candidates as bigint) as upgrade_candidates,
        cast(segments.upgrade_candidate_arr as decimal(18, 2)) as upgrade_candidate_arr,
        coalesce(last_complete_year.grr, arr_scheme_retention.grr) as grr,
        coalesce(last_complete_year.nrr, arr_scheme_retention.nrr) as nrr,
        coalesce(last_complete_year.logo_retention, arr_scheme_retention.logo_retention) as logo_retention,
        promoters.score as nps,
        cast(promoters.responses as bigint) as nps_responses,
        cast(first_outcomes.median_days as int) as days_to_value,
        segments.mean_health,
        {% for status in ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored'] %}
        cast(segments.{{ status }}_accounts as double) / nullif(segments.accounts, 0) as {{ status }}_share,
        {% endfor %}
        cast(segments.cost_to_serve as decimal(18, 2)) as cost_to_serve,
        cast(segments.cost_to_serve as double) / nullif(cast(segments.arr as double), 0) as cost_to_serve_rate,
        segments.cost_to_serve_low as cost_target_low,
        segments.cost_to_serve_high as cost_target_high,
        {{ range_verdict(
            'cast(segments.cost_to_serve as double) / nullif(cast(segments.arr as double), 0)',
            'segments.cost_to_serve_low',
            'segments.cost_to_serve_high'
        ) }} as cost_verdict,
        tier_loads.accounts_per_csm,
        coverage_targets.accounts_low as accounts_target_low,
        coverage_targets.accounts_high as accounts_target_high,
        {{ range_verdict(
            'tier_loads.accounts_per_csm', 'coverage_targets.accounts_low', 'coverage_targets.accounts_high'
        ) }} as accounts_verdict,
        tier_utilizations.csm_utilization,
        run_context.reporting_currency
    from segments
    cross join run_context
    left join tier_loads
        on segments.tier_scheme = 'touch_tier'
        and segments.tier = tier_loads.touch_tier
    left join tier_utilizations
        on segments.tier_scheme = tier_utilizations.tier_scheme
        and segments.tier = tier_utilizations.tier
    left join coverage_targets
        on segments.tier_scheme = 'touch_tier'
        and segments.tier = coverage_targets.touch_tier
    left join last_complete_year
        on segments.tier_scheme = last_complete_year.segment_type
        and segments.tier = last_complete_year.segment
    left join arr_scheme_retention
        on segments.arr_tier_scheme = arr_scheme_retention.scheme
        and segments.tier = arr_scheme_retention.tier
    left join promoters
        on segments.tier_scheme = promoters.tier_scheme
        and segments.tier = promoters.tier
    left join first_outcomes
        on segments.tier_scheme = first_outcomes.segment_type
        and segments.tier = first_outcomes.segment
)

select * from final
