with

policy_rows as (
    {{ policy_rows('health_priority', ['colour', 'trend', 'priority', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.colour), '') as colour,
        nullif(trim(policy_rows.trend), '') as trend,
        nullif(trim(policy_rows.priority), '') as priority,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
