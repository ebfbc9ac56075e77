-- MRR at the end of a window of one to twelve months from accounts that did not pay at its start. Windows start with
-- the company's first month at the earliest. The tier is that of the window's end.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

months as (
    select
        account_mrr.month,
        account_mrr.is_complete_month
    from account_mrr
    group by account_mrr.month, account_mrr.is_complete_month
),

windows as (
    select
        opening.month as start_month,
        closing.month as end_month,
        {{ months_between('opening.month', 'closing.month') }} as horizon
    from months as opening
    inner join months as closing
        on opening.month < closing.month
        and closing.month <= cast(opening.month + interval '12' month as date)
        and closing.is_complete_month
),

final as (
    select
        windows.end_month,
        windows.horizon,
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier,
        sum(closing.mrr) as new_mrr
    from windows
    inner join account_mrr as closing
        on windows.end_month = closing.month
        and closing.mrr > 0
    left join account_mrr as opening
        on windows.start_month = opening.month
        and closing.account_id = opening.account_id
        and opening.mrr > 0
    left join touch_tiers
        on closing.account_id = touch_tiers.account_id
        and closing.month = touch_tiers.month
    where opening.account_id is null
    group by windows.end_month, windows.horizon, coalesce(touch_tiers.touch_tier, '(none)')
)

select * from final
