with

policy_rows as (
    {{ policy_rows('forecast_settings', ['setting', 'value', 'reason']) }}
),

final as (
    select
        max(case when policy_rows.setting = 'prior_events' then try_cast(policy_rows.value as double) end) as prior_events,
        max(case when policy_rows.setting = 'prior_account_months' then try_cast(policy_rows.value as double) end) as prior_account_months,
        max(case when policy_rows.setting = 'grace_days' then try_cast(policy_rows.value as int) end) as grace_days,
        max(case when policy_rows.setting = 'early_days' then try_cast(policy_rows.value as int) end) as early_days,
        max(case when policy_rows.setting = 'lead_days' then try_cast(policy_rows.value as int) end) as lead_days,
        max(case when policy_rows.setting = 'band_low' then try_cast(policy_rows.value as double) end) as band_low,
        max(case when policy_rows.setting = 'band_high' then try_cast(policy_rows.value as double) end) as band_high,
        max(case when policy_rows.setting = 'band_min_errors' then try_cast(policy_rows.value as int) end) as band_min_errors
    from policy_rows
)

select * from final
