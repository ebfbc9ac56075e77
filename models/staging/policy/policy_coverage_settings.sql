with

policy_rows as (
    {{ policy_rows('coverage_settings', ['setting', 'value', 'reason']) }}
),

final as (
    select
        max(case when policy_rows.setting = 'upgrade_below_health_score' then try_cast(policy_rows.value as double) end) as upgrade_below_health_score,
        max(case when policy_rows.setting = 'hire_buffer' then try_cast(policy_rows.value as double) end) as hire_buffer,
        max(case when policy_rows.setting = 'manager_tier_csms' then try_cast(policy_rows.value as int) end) as manager_tier_csms,
        max(case when policy_rows.setting = 'manager_function_csms' then try_cast(policy_rows.value as int) end) as manager_function_csms,
        max(case when policy_rows.setting = 'csm_annual_cost' then try_cast(policy_rows.value as decimal(18, 2)) end) as csm_annual_cost,
        max(case when policy_rows.setting = 'ticket_cost' then try_cast(policy_rows.value as decimal(18, 2)) end) as ticket_cost,
        max(case when policy_rows.setting = 'renewals_due_days' then try_cast(policy_rows.value as int) end) as renewals_due_days,
        max(case when policy_rows.setting = 'review_act_criteria' then try_cast(policy_rows.value as int) end) as review_act_criteria,
        max(case when policy_rows.setting = 'worklist_days_ahead' then try_cast(policy_rows.value as int) end) as worklist_days_ahead
    from policy_rows
)

select * from final
