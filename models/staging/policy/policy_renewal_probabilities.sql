with

policy_rows as (
    {{ policy_rows('renewal_probabilities', ['health_status', 'probability', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.health_status), '') as health_status,
        try_cast(nullif(trim(policy_rows.probability), '') as double) as probability,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
