with

policy_rows as (
    {{ policy_rows('churn_reason_categories', ['category', 'label', 'is_preventable', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.category), '') as category,
        nullif(trim(policy_rows.label), '') as label,
        cast(nullif(trim(policy_rows.is_preventable), '') as boolean) as is_preventable,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
