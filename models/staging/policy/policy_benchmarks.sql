with

policy_rows as (
    {{ policy_rows('benchmarks', ['figure', 'segment', 'good', 'great', 'is_lower_better', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.figure), '') as figure,
        nullif(trim(policy_rows.segment), '') as segment,
        cast(nullif(trim(policy_rows.good), '') as double) as good,
        cast(nullif(trim(policy_rows.great), '') as double) as great,
        cast(nullif(trim(policy_rows.is_lower_better), '') as boolean) as is_lower_better,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
