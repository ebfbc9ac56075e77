with

policy_rows as (
    {{ policy_rows('mrr_policy', ['setting', 'choice', 'parameter', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.setting), '') as setting,
        nullif(trim(policy_rows.choice), '') as choice,
        cast(nullif(trim(policy_rows.parameter), '') as int) as parameter,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
