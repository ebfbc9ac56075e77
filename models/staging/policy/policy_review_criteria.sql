with

policy_rows as (
    {{ policy_rows('review_criteria', [
        'criterion', 'label', 'threshold', 'window_days', 'min_count', 'action', 'action_in_lowest_tier', 'action_rank', 'reason',
    ]) }}
),

final as (
    select
        nullif(trim(policy_rows.criterion), '') as criterion,
        nullif(trim(policy_rows.label), '') as label,
        try_cast(nullif(trim(policy_rows.threshold), '') as double) as threshold,
        try_cast(nullif(trim(policy_rows.window_days), '') as int) as window_days,
        try_cast(nullif(trim(policy_rows.min_count), '') as int) as min_count,
        nullif(trim(policy_rows.action), '') as action,
        nullif(trim(policy_rows.action_in_lowest_tier), '') as action_in_lowest_tier,
        try_cast(nullif(trim(policy_rows.action_rank), '') as int) as action_rank,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
