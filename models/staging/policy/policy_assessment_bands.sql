-- A band begins at its least value, or just above it, and runs to where the next begins.
with

policy_rows as (
    {{ policy_rows('assessment_bands', ['figure', 'assessment', 'min_value', 'includes_min', 'reason']) }}
),

typed as (
    select
        nullif(trim(policy_rows.figure), '') as figure,
        nullif(trim(policy_rows.assessment), '') as assessment,
        cast(nullif(trim(policy_rows.min_value), '') as double) as min_value,
        cast(nullif(trim(policy_rows.includes_min), '') as boolean) as includes_min,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
),

final as (
    select
        typed.figure,
        typed.assessment,
        typed.min_value,
        typed.includes_min,
        lead(typed.min_value) over (partition by typed.figure order by typed.min_value) as max_value,
        not lead(typed.includes_min) over (partition by typed.figure order by typed.min_value) as includes_max,
        typed.reason
    from typed
)

select * from final
