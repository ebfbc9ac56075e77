with

policy_rows as (
    {{ policy_rows('leading_indicators', ['indicator', 'label', 'severity', 'threshold', 'window_days', 'min_count', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.indicator), '') as indicator,
        nullif(trim(policy_rows.label), '') as label,
        nullif(trim(policy_rows.severity), '') as severity,
        cast(nullif(trim(policy_rows.threshold), '') as double) as threshold,
        cast(nullif(trim(policy_rows.window_days), '') as int) as window_days,
        cast(nullif(trim(policy_rows.min_count), '') as int) as min_count,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
