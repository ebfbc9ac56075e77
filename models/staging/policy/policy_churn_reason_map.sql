with

policy_rows as (
    {{ policy_rows('churn_reason_map', ['reason_code', 'category', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.reason_code), '') as reason_code,
        nullif(trim(policy_rows.category), '') as category,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
