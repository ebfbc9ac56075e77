with

policy_rows as (
    {{ policy_rows('csm_ramp', ['investment_tier', 'account_cap', 'months_to_half', 'months_to_full', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.investment_tier), '') as investment_tier,
        try_cast(nullif(trim(policy_rows.account_cap), '') as int) as account_cap,
        try_cast(nullif(trim(policy_rows.months_to_half), '') as double) as months_to_half,
        try_cast(nullif(trim(policy_rows.months_to_full), '') as double) as months_to_full,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
