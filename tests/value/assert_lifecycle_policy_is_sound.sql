-- Every setting of the lifecycle is there and within its range, and the stages follow one another.
{{ policy_setting_violations('lifecycle_settings', [
    ('renewal_days', 0, 366), ('onboarding_days', 0, 366), ('onboarding_max_days', 0, 366), ('adoption_months', 0, 120),
    ('value_realization_months', 0, 120), ('advocate_min_nps', 0, 10),
]) }}
union all
select
    'lifecycle_settings: a stage ends before the one before it' as flaw,
    case when settings.onboarding_days > settings.onboarding_max_days then 'onboarding_max_days' else 'value_realization_months' end as place
from {{ ref('policy_lifecycle_settings') }} as settings
where settings.onboarding_days > settings.onboarding_max_days
    or settings.adoption_months > settings.value_realization_months
