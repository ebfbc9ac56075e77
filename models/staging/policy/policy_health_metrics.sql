with

policy_rows as (
    {{ policy_rows('health_metrics', ['metric', 'label', 'window_days', 'lowest_value', 'is_usage', 'has_history', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.metric), '') as metric,
        nullif(trim(policy_rows.label), '') as label,
        try_cast(nullif(trim(policy_rows.window_days), '') as int) as window_days,
        try_cast(nullif(trim(policy_rows.lowest_value), '') as double) as lowest_value,
        try_cast(nullif(trim(policy_rows.is_usage), '') as boolean) as is_usage,
        try_cast(nullif(trim(policy_rows.has_history), '') as boolean) as has_history,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
