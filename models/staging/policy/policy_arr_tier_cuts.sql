-- A tier is a half-open band: from its own least ARR to the next tier's.
with

policy_rows as (
    {{ policy_rows('arr_tier_cuts', ['scheme', 'tier', 'min_arr', 'reason']) }}
),

typed as (
    select
        nullif(trim(policy_rows.scheme), '') as scheme,
        nullif(trim(policy_rows.tier), '') as tier,
        cast(nullif(trim(policy_rows.min_arr), '') as decimal(18, 2)) as min_arr,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
),

final as (
    select
        typed.scheme,
        typed.tier,
        typed.min_arr,
        lead(typed.min_arr) over (partition by typed.scheme order by typed.min_arr) as below_arr,
        typed.reason
    from typed
)

select * from final
