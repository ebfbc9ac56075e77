-- Every setting of the lifecycle is there and within its range, and the stages follow one another.
{% for setting, least, most in [
    ('renewal_days', 0, 366), ('onboarding_days', 0, 366), ('onboarding_max_days', 0, 366), ('adoption_months', 0, 120),
    ('value_realization_months', 0, 120), ('advocate_min_nps', 0, 10),
] %}
select
    'lifecycle_settings: a setting is absent or out of range' as flaw,
    '{{ setting }}' as place
from {{ ref('policy_lifecycle_settings') }} as settings
where not coalesce(settings.{{ setting }} between {{ least }} and {{ most }}, false)
union all
{% endfor %}
select
    'lifecycle_settings: a stage ends before the one before it' as flaw,
    case when settings.onboarding_days > settings.onboarding_max_days then 'onboarding_max_days' else 'value_realization_months' end as place
from {{ ref('policy_lifecycle_settings') }} as settings
where settings.onboarding_days > settings.onboarding_max_days
    or settings.adoption_months > settings.value_realization_months
