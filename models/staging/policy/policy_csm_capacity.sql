with

policy_rows as (
    {{ policy_rows('csm_capacity', ['stage', 'investment_tier', 'target_arr_low', 'target_arr_high', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.stage), '') as stage,
        nullif(trim(policy_rows.investment_tier), '') as investment_tier,
        try_cast(nullif(trim(policy_rows.target_arr_low), '') as decimal(18, 2)) as target_arr_low,
        try_cast(nullif(trim(policy_rows.target_arr_high), '') as decimal(18, 2)) as target_arr_high,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
