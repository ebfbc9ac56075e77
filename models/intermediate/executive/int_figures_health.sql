-- Health of paying accounts on as_of_date and on the trend's month-end. Accounts below stable are at risk.
-- Only scores with enough evidence count. Where few accounts have one, every figure says that health lacks evidence.
{% set statuses = ['healthy', 'stable', 'at_risk', 'critical', 'emergency'] %}
{% set units = {
    'mean_health': 'score',
    'at_risk_accounts': 'accounts',
    'at_risk_arr': 'currency',
    'health_coverage': 'share',
    'mean_evidence': 'share',
} %}
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

trend_dates as (
    select * from {{ ref('int_health_trend_dates') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

dates as (
    select
        run_context.as_of_date as snapshot_date,
        true as is_now
    from run_context
    union all
    select
        trend_dates.previous_date as snapshot_date,
        false as is_now
    from run_context
    inner join trend_dates
        on run_context.as_of_date = trend_dates.snapshot_date
),

scored as (
    select
        dates.is_now,
        customers.mrr,
        health_statuses.coverage,
        health_statuses.evidenced_score,
        health_statuses.health_status,
        {{ is_at_risk('health_statuses.health_status') }} as is_at_risk
    from customers
    inner join dates
        on customers.snapshot_date = dates.snapshot_date
    inner join health_statuses
        on customers.snapshot_date = health_statuses.snapshot_date
        and customers.account_id = health_statuses.account_id
),

measured as (
    select
        scored.is_now,
        count(*) as accounts,
        count(scored.evidenced_score) as evidenced_accounts,
        avg(scored.evidenced_score) as mean_health,
        cast(count(scored.evidenced_score) as double) / count(*) as health_coverage,
        avg(scored.coverage) as mean_evidence,
        {% for status in statuses %}
        cast(count(*) filter (where scored.health_status = '{{ status }}') as double) / count(*) as share_{{ status }},
        {% endfor %}
        cast(count(*) filter (where scored.is_at_risk) as double) as at_risk_accounts,
        cast(coalesce(12 * sum(case when scored.is_at_risk then scored.mrr end), 0) as double) as at_risk_arr
    from scored
    group by scored.is_now
),

figures as (
    {% for status in statuses %}
    select
        'share_{{ status }}' as figure,
        'share' as unit,
        measured.is_now,
        measured.share_{{ status }} as value
    from measured
    union all
    {% endfor %}
    {% for figure, unit in units.items() %}
    select
        '{{ figure }}' as figure,
        '{{ unit }}' as unit,
        measured.is_now,
        measured.{{ figure }} as value
    from measured
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- One row if health lacks evidence today, else none.
warnings as (
    select
        'Health lacks evidence. Only ' || {{ number_text('measured.evidenced_accounts') }} || ' of '
        || {{ number_text('measured.accounts') }} || ' customers have data for at least '
        || {{ number_text('100 * settings.low_confidence_coverage') }} || '% of their score.' as note
    from measured
    inner join settings
        on measured.is_now
        and round(measured.health_coverage, 9) < settings.least_health_coverage
),

final as (
    select
        figures.figure,
        figures.unit,
        run_context.as_of_date as period,
        max(case when figures.is_now then figures.value end) as value,
        max(case when not figures.is_now then figures.value end) as previous_value,
        case when warnings.note is not null then 'lacks_evidence' end as assessment,
        warnings.note
    from figures
    cross join run_context
    left join warnings
        on true
    group by figures.figure, figures.unit, run_context.as_of_date, warnings.note
)

select * from final
