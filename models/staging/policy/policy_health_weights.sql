with

policy_rows as (
    {{ policy_rows('health_weights', ['scheme', 'touch_tier', 'component', 'weight', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.scheme), '') as scheme,
        nullif(trim(policy_rows.touch_tier), '') as touch_tier,
        nullif(trim(policy_rows.component), '') as component,
        try_cast(nullif(trim(policy_rows.weight), '') as double) as weight,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
