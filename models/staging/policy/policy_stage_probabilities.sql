with

policy_rows as (
    {{ policy_rows('stage_probabilities', ['stage', 'probability', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.stage), '') as stage,
        try_cast(nullif(trim(policy_rows.probability), '') as double) as probability,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
