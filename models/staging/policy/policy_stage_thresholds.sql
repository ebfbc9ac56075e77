with

policy_rows as (
    {{ policy_rows('stage_thresholds', ['stage', 'figure', 'healthy', 'concerning', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.stage), '') as stage,
        nullif(trim(policy_rows.figure), '') as figure,
        cast(nullif(trim(policy_rows.healthy), '') as double) as healthy,
        cast(nullif(trim(policy_rows.concerning), '') as double) as concerning,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
