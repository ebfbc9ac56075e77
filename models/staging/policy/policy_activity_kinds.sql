with

policy_rows as (
    {{ policy_rows('activity_kinds', ['activity_type', 'kind', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.activity_type), '') as activity_type,
        nullif(trim(policy_rows.kind), '') as kind,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
