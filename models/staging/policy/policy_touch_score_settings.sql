with

policy_rows as (
    {{ policy_rows('touch_score_settings', ['setting', 'value', 'reason']) }}
),

final as (
    select
        max(case when policy_rows.setting = 'decisive_points' then cast(policy_rows.value as double) end) as decisive_points,
        max(case when policy_rows.setting = 'decisive_month_ends' then cast(policy_rows.value as int) end) as decisive_month_ends,
        max(case when policy_rows.setting = 'signal_alone_score' then cast(policy_rows.value as double) end) as signal_alone_score,
        max(case when policy_rows.setting = 'signal_bonus' then cast(policy_rows.value as double) end) as signal_bonus,
        max(case when policy_rows.setting = 'designated_score' then cast(policy_rows.value as double) end) as designated_score
    from policy_rows
)

select * from final
