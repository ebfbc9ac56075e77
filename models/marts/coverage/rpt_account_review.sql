with

accounts_reviewed as (
    select * from {{ ref('int_accounts_reviewed') }}
),

final as (
    select
        accounts_reviewed.account_id,
        cast(accounts_reviewed.criteria_met as int) as criteria_met,
        accounts_reviewed.reasons,
        accounts_reviewed.action,
        accounts_reviewed.touch_tier,
        accounts_reviewed.arr,
        cast(accounts_reviewed.support_cost as decimal(18, 2)) as support_cost_12m
    from accounts_reviewed
)

select * from final
