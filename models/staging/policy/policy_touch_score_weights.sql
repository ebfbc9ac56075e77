with

policy_rows as (
    {{ policy_rows('touch_score_weights', ['factor', 'weight', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.factor), '') as factor,
        cast(nullif(trim(policy_rows.weight), '') as double) as weight,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
