with

policy_rows as (
    {{ policy_rows('retention_flags', ['flag', 'value', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.flag), '') as flag,
        cast(nullif(trim(policy_rows.value), '') as double) as value,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
