with

policy_rows as (
    {{ policy_rows('playbook_steps', ['playbook', 'touch_tier', 'step', 'day_offset', 'owner_role', 'channel', 'action', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.playbook), '') as playbook,
        nullif(trim(policy_rows.touch_tier), '') as touch_tier,
        nullif(trim(policy_rows.step), '') as step,
        cast(nullif(trim(policy_rows.day_offset), '') as int) as day_offset,
        nullif(trim(policy_rows.owner_role), '') as owner_role,
        nullif(trim(policy_rows.channel), '') as channel,
        nullif(trim(policy_rows.action), '') as action,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
