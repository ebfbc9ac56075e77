with

policy_rows as (
    {{ policy_rows('finance', ['setting', 'value', 'reason']) }}
),

final as (
    select
        max(case when policy_rows.setting = 'gross_margin' then try_cast(policy_rows.value as double) end) as gross_margin,
        max(case when policy_rows.setting = 'lifetime_min_accounts' then try_cast(policy_rows.value as int) end) as lifetime_min_accounts
    from policy_rows
)

select * from final
