with

policy_rows as (
    {{ policy_rows('expansion_signals', ['signal', 'threshold', 'window_days', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.signal), '') as signal,
        cast(nullif(trim(policy_rows.threshold), '') as double) as threshold,
        cast(nullif(trim(policy_rows.window_days), '') as int) as window_days,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
