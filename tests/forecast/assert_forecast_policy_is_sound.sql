-- Every status, stage, level, phase and number is there, none that no model knows, and each within its range.
{{ policy_violations({
    'renewal_probabilities': ('rows_found.health_status', ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored']),
    'stage_probabilities': ('rows_found.stage', ['identified', 'qualified', 'proposed', 'committed', 'closed_won', 'closed_lost']),
    'risk_levels': ('rows_found.risk_level', ['none', 'elevated', 'high', 'critical', 'emergency']),
    'forecast_rates': ("rows_found.phase || ' ' || rows_found.movement", [
        'evergreen churn', 'evergreen contraction', 'evergreen expansion', 'between churn', 'between contraction', 'between expansion',
        'renewal contraction', 'renewal expansion',
    ]),
}) }}
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
{{ policy_setting_violations('forecast_settings', [
    ('prior_events', 1, 1000000), ('prior_account_months', 1, 1000000), ('grace_days', 0, 365), ('early_days', 0, 365), ('lead_days', 31, 365),
    ('band_low', 0, 0.5), ('band_high', 0.5, 1), ('band_min_errors', 2, 1000000),
]) }}
union all
{{ policy_setting_violations('finance', [('gross_margin', 0, 1), ('lifetime_min_accounts', 1, 1000000)]) }}
