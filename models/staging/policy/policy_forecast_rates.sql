with

policy_rows as (
    {{ policy_rows('forecast_rates', ['phase', 'movement', 'monthly_rate', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.phase), '') as phase,
        nullif(trim(policy_rows.movement), '') as movement,
        try_cast(nullif(trim(policy_rows.monthly_rate), '') as double) as monthly_rate,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
