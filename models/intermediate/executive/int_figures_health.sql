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

-- What the figures of today rest on.
evidence as (
    select
        measured.evidenced_accounts,
        measured.accounts,
        settings.low_confidence_coverage,
        round(measured.health_coverage, 9) < settings.least_health_coverage as is_lacking
    from measured
    cross join settings
    where measured.is_now
),

notes as (
    select
        evidence.is_lacking,
        case when evidence.is_lacking then 'Health lacks evidence. ' else '' end
        || {{ number_text('evidence.evidenced_accounts') }} || ' of ' || {{ number_text('evidence.accounts') }}
        || ' customers have data for at least '
        || {{ number_text('100 * evidence.low_confidence_coverage') }} || '% of their score.' as note
    from evidence
),

final as (
    select
        figures.figure,
        figures.unit,
        run_context.as_of_date as period,
        max(case when figures.is_now then figures.value end) as value,
        max(case when not figures.is_now then figures.value end) as previous_value,
        case when notes.is_lacking then 'lacks_evidence' end as assessment,
        notes.note
    from figures
    cross join run_context
    left join notes
        on true
    group by figures.figure, figures.unit, run_context.as_of_date, notes.is_lacking, notes.note
)

select * from final
