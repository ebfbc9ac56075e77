-- A band is half-open: from its own least value to the next band's.
with

policy_rows as (
    {{ policy_rows('health_status_bands', ['status', 'min_score', 'play', 'reason']) }}
),

typed as (
    select
        nullif(trim(policy_rows.status), '') as status,
        try_cast(nullif(trim(policy_rows.min_score), '') as double) as min_score,
        nullif(trim(policy_rows.play), '') as play,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
),

final as (
    select
        typed.status,
        typed.min_score,
        typed.play,
        lead(typed.min_score) over (partition by typed.min_score is null order by typed.min_score) as below_score,
        typed.reason
    from typed
)

select * from final
