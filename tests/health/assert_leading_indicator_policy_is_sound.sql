-- Usage is read for two windows, so that a longer silence would never show.
select
    'leading_indicators' as file,
    indicators.indicator as place,
    'window_days is ' || indicators.window_days || ', expected at most ' || 2 * settings.usage_window_days
    || ', twice usage_window_days of health_settings' as violation
from {{ ref('policy_leading_indicators') }} as indicators
cross join {{ ref('policy_health_settings') }} as settings
where indicators.indicator = 'silent_14_days'
    and indicators.window_days > 2 * settings.usage_window_days
