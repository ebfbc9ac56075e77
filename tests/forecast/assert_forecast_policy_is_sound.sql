-- Every status, stage, level, phase and number is there, none that no model knows, and each within its range.
with

needed as (
    {% for file, names in {
        'renewal_probabilities': ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored'],
        'stage_probabilities': ['identified', 'qualified', 'proposed', 'committed', 'closed_won', 'closed_lost'],
        'risk_levels': ['none', 'elevated', 'high', 'critical', 'emergency'],
        'forecast_rates': [
            'evergreen churn', 'evergreen contraction', 'evergreen expansion', 'between churn', 'between contraction', 'between expansion',
            'renewal contraction', 'renewal expansion',
        ],
    }.items() %}
    {% for name in names %}
    select '{{ file }}' as file, '{{ name }}' as name
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

found as (
    {% for file, name in {
        'renewal_probabilities': 'rows_found.health_status',
        'stage_probabilities': 'rows_found.stage',
        'risk_levels': 'rows_found.risk_level',
        'forecast_rates': "rows_found.phase || ' ' || rows_found.movement",
    }.items() %}
    select distinct
        '{{ file }}' as file,
        {{ name }} as name
    from {{ ref('policy_' ~ file) }} as rows_found
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    coalesce(needed.file, found.file) || case when found.name is null then ': a row is absent' else ': no model knows this row' end as flaw,
    coalesce(needed.name, found.name) as place
from needed
full outer join found
    on needed.file = found.file
    and needed.name = found.name
where needed.name is null or found.name is null
union all
select
    'renewal_probabilities: a probability is not within 0 and 1' as flaw,
    probabilities.health_status as place
from {{ ref('policy_renewal_probabilities') }} as probabilities
where not coalesce(probabilities.probability between 0 and 1, false)
union all
select
    'stage_probabilities: a probability is not within 0 and 1' as flaw,
    probabilities.stage as place
from {{ ref('policy_stage_probabilities') }} as probabilities
where not coalesce(probabilities.probability between 0 and 1, false)
union all
select
    'forecast_rates: a rate is not from 0 to below 1' as flaw,
    rates.phase || ' ' || rates.movement as place
from {{ ref('policy_forecast_rates') }} as rates
where not coalesce(rates.monthly_rate >= 0 and rates.monthly_rate < 1, false)
union all
select
    'risk_levels: the level of rank 0 has a condition, or another has none' as flaw,
    levels.risk_level as place
from {{ ref('policy_risk_levels') }} as levels
where not coalesce((levels.risk_rank = 0) = (levels.below_score is null and levels.within_days is null and not levels.on_cancel_request), false)
union all
select
    'risk_levels: two levels have one rank, or none has rank 0' as flaw,
    cast(count(*) as string) as place
from {{ ref('policy_risk_levels') }} as levels
having count(distinct levels.risk_rank) <> count(*) or not coalesce(min(levels.risk_rank) = 0, false)
union all
{% for setting, least, most in [
    ('prior_events', 1, 1000000), ('prior_account_months', 1, 1000000), ('grace_days', 0, 365), ('early_days', 0, 365), ('lead_days', 31, 365),
    ('band_low', 0, 0.5), ('band_high', 0.5, 1), ('band_min_errors', 2, 1000000),
] %}
select
    'forecast_settings: a setting is absent or out of range' as flaw,
    '{{ setting }}' as place
from {{ ref('policy_forecast_settings') }} as settings
where not coalesce(settings.{{ setting }} between {{ least }} and {{ most }}, false)
union all
{% endfor %}
{% for setting, least, most in [('gross_margin', 0, 1), ('lifetime_min_accounts', 1, 1000000)] %}
select
    'finance: a setting is absent or out of range' as flaw,
    '{{ setting }}' as place
from {{ ref('policy_finance') }} as settings
where not coalesce(settings.{{ setting }} between {{ least }} and {{ most }}, false)
{{ 'union all' if not loop.last }}
{% endfor %}
