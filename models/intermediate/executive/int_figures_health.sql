-- Health of paying accounts on each month's end and on as_of_date. Only scores with enough evidence count.
-- Sums by tier give those of all. Where few accounts have such a score, the figures say that health lacks evidence.
{% set statuses = ['healthy', 'stable', 'at_risk', 'critical', 'emergency'] %}
{% set sums = ['accounts', 'evidenced_accounts', 'total_score', 'total_coverage', 'below_stable_accounts'] %}
{% for status in statuses %}{% do sums.append(status ~ '_accounts') %}{% endfor %}
{% set figures = {
    'mean_health': 'measured.total_score / nullif(measured.evidenced_accounts, 0)',
    'below_stable_accounts': 'case when measured.evidenced_accounts > 0 then measured.below_stable_accounts end',
    'below_stable_arr': 'case when measured.evidenced_accounts > 0 then 12 * measured.below_stable_mrr end',
    'health_coverage': 'cast(measured.evidenced_accounts as double) / measured.accounts',
    'mean_evidence': 'measured.total_coverage / measured.accounts',
} %}
{% for status in statuses %}
{% set share = 'cast(measured.' ~ status ~ '_accounts as double) / measured.accounts' %}
{% do figures.update({'share_' ~ status: 'case when measured.evidenced_accounts > 0 then ' ~ share ~ ' end'}) %}
{% endfor %}
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

tiers as (
    select
        customers.snapshot_date as measured_on,
        health_statuses.touch_tier,
        count(*) as accounts,
        count(health_statuses.evidenced_score) as evidenced_accounts,
        sum(health_statuses.evidenced_score) as total_score,
        coalesce(sum(health_statuses.coverage), 0) as total_coverage,
        {% for status in statuses %}
        count_if(health_statuses.health_status = '{{ status }}') as {{ status }}_accounts,
        {% endfor %}
        count_if({{ is_at_risk('health_statuses.health_status') }}) as below_stable_accounts,
        sum(case when {{ is_at_risk('health_statuses.health_status') }} then customers.mrr else 0 end)
            as below_stable_mrr
    from customers
    inner join snapshot_dates
        on customers.snapshot_date = snapshot_dates.snapshot_date
    inner join health_statuses
        on customers.snapshot_date = health_statuses.snapshot_date
        and customers.account_id = health_statuses.account_id
    where snapshot_dates.month is not null
    group by customers.snapshot_date, health_statuses.touch_tier
),

measured as (
    {% for touch_tier in ["'all'", 'tiers.touch_tier'] %}
    select
        tiers.measured_on,
        {{ touch_tier }} as touch_tier,
        {% for column in sums %}
        sum(tiers.{{ column }}) as {{ column }},
        {% endfor %}
        sum(tiers.below_stable_mrr) as below_stable_mrr
    from tiers
    group by tiers.measured_on, {{ touch_tier }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

figures as (
    {% for figure, value in figures.items() %}
    select
        '{{ figure }}' as figure,
        measured.measured_on,
        measured.touch_tier,
        cast({{ value }} as double) as value,
        measured.accounts,
        measured.evidenced_accounts,
        {{ figure in ('health_coverage', 'mean_evidence') }} as is_about_evidence
    from measured
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

evidenced as (
    select
        figures.*,
        round(cast(figures.evidenced_accounts as double) / figures.accounts, 9) < settings.least_health_coverage
            as is_lacking,
        settings.low_confidence_coverage
    from figures
    cross join settings
),

final as (
    select
        evidenced.figure,
        evidenced.measured_on,
        evidenced.touch_tier,
        evidenced.value,
        case when evidenced.is_lacking then 'Health lacks evidence. ' else '' end
        || {{ number_text('evidenced.evidenced_accounts') }} || ' of ' || {{ number_text('evidenced.accounts') }}
        || ' customers have data for at least '
        || {{ number_text('100 * evidenced.low_confidence_coverage') }} || '% of their score.' as note,
        evidenced.is_about_evidence or not evidenced.is_lacking as is_judged
    from evidenced
)

select * from final
