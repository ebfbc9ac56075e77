with

policy_rows as (
    {{ policy_rows('risk_levels', ['risk_level', 'risk_rank', 'below_score', 'within_days', 'on_cancel_request', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.risk_level), '') as risk_level,
        try_cast(nullif(trim(policy_rows.risk_rank), '') as int) as risk_rank,
        try_cast(nullif(trim(policy_rows.below_score), '') as double) as below_score,
        try_cast(nullif(trim(policy_rows.within_days), '') as int) as within_days,
        try_cast(nullif(trim(policy_rows.on_cancel_request), '') as boolean) as on_cancel_request,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
