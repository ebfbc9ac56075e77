with

policy_rows as (
    {{ policy_rows('playbook_cadences', ['playbook', 'done_by', 'tier_scheme', 'tier', 'every_months', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.playbook), '') as playbook,
        nullif(trim(policy_rows.done_by), '') as done_by,
        nullif(trim(policy_rows.tier_scheme), '') as tier_scheme,
        nullif(trim(policy_rows.tier), '') as tier,
        cast(nullif(trim(policy_rows.every_months), '') as int) as every_months,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
