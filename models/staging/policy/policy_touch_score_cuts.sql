-- A tier is a half-open band: from its own least score to the next tier's.
with

policy_rows as (
    {{ policy_rows('touch_score_cuts', ['tier', 'min_score', 'reason']) }}
),

typed as (
    select
        nullif(trim(policy_rows.tier), '') as tier,
        cast(nullif(trim(policy_rows.min_score), '') as double) as min_score,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
),

final as (
    select
        typed.tier,
        typed.min_score,
        lead(typed.min_score) over (order by typed.min_score) as below_score,
        typed.reason
    from typed
)

select * from final
