with

policy_rows as (
    {{ policy_rows('icp_weights', ['signal', 'weight', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.signal), '') as signal,
        cast(nullif(trim(policy_rows.weight), '') as double) as weight,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
