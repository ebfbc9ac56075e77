with

policy_rows as (
    {{ policy_rows('health_settings', ['setting', 'value', 'reason']) }}
),

final as (
    select
        max(case when policy_rows.setting = 'usage_window_days' then cast(policy_rows.value as int) end) as usage_window_days,
        max(case when policy_rows.setting = 'low_confidence_coverage' then cast(policy_rows.value as double) end) as low_confidence_coverage,
        max(case when policy_rows.setting = 'trend_points' then cast(policy_rows.value as double) end) as trend_points,
        max(case when policy_rows.setting = 'trend_min_days' then cast(policy_rows.value as int) end) as trend_min_days,
        max(case when policy_rows.setting = 'multi_threading_min_strength' then cast(policy_rows.value as int) end) as multi_threading_min_strength,
        max(case when policy_rows.setting = 'validation_horizon_days' then cast(policy_rows.value as int) end) as validation_horizon_days,
        max(case when policy_rows.setting = 'validation_long_horizon_days' then cast(policy_rows.value as int) end) as validation_long_horizon_days,
        max(case when policy_rows.setting = 'short_lead_days' then cast(policy_rows.value as int) end) as short_lead_days,
        max(case when policy_rows.setting = 'flagged_below_score' then cast(policy_rows.value as double) end) as flagged_below_score,
        max(case when policy_rows.setting = 'flag_lead_days' then cast(policy_rows.value as int) end) as flag_lead_days,
        max(case when policy_rows.setting = 'auc_strong' then cast(policy_rows.value as double) end) as auc_strong,
        max(case when policy_rows.setting = 'auc_usable' then cast(policy_rows.value as double) end) as auc_usable,
        max(case when policy_rows.setting = 'validation_min_churns' then cast(policy_rows.value as int) end) as validation_min_churns,
        max(case when policy_rows.setting = 'nps_promoter_min_score' then cast(policy_rows.value as int) end) as nps_promoter_min_score,
        max(case when policy_rows.setting = 'nps_detractor_max_score' then cast(policy_rows.value as int) end) as nps_detractor_max_score,
        max(case when policy_rows.setting = 'csat_satisfied_min_score' then cast(policy_rows.value as int) end) as csat_satisfied_min_score,
        max(case when policy_rows.setting = 'small_sample_responses' then cast(policy_rows.value as int) end) as small_sample_responses
    from policy_rows
)

select * from final
