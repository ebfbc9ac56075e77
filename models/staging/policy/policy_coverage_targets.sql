with

policy_rows as (
    {{ policy_rows('coverage_targets', [
        'touch_tier', 'accounts_low', 'accounts_high', 'cost_to_serve_low', 'cost_to_serve_high', 'cadence', 'reason',
    ]) }}
),

final as (
    select
        nullif(trim(policy_rows.touch_tier), '') as touch_tier,
        try_cast(nullif(trim(policy_rows.accounts_low), '') as int) as accounts_low,
        try_cast(nullif(trim(policy_rows.accounts_high), '') as int) as accounts_high,
        try_cast(nullif(trim(policy_rows.cost_to_serve_low), '') as double) as cost_to_serve_low,
        try_cast(nullif(trim(policy_rows.cost_to_serve_high), '') as double) as cost_to_serve_high,
        nullif(trim(policy_rows.cadence), '') as cadence,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
