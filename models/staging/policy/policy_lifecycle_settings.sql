with

policy_rows as (
    {{ policy_rows('lifecycle_settings', ['setting', 'value', 'reason']) }}
),

final as (
    select
        max(case when policy_rows.setting = 'renewal_days' then try_cast(policy_rows.value as int) end) as renewal_days,
        max(case when policy_rows.setting = 'onboarding_days' then try_cast(policy_rows.value as int) end) as onboarding_days,
        max(case when policy_rows.setting = 'onboarding_max_days' then try_cast(policy_rows.value as int) end) as onboarding_max_days,
        max(case when policy_rows.setting = 'adoption_months' then try_cast(policy_rows.value as int) end) as adoption_months,
        max(case when policy_rows.setting = 'value_realization_months' then try_cast(policy_rows.value as int) end) as value_realization_months,
        max(case when policy_rows.setting = 'advocate_min_nps' then try_cast(policy_rows.value as double) end) as advocate_min_nps
    from policy_rows
)

select * from final
