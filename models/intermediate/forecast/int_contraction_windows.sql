-- Contraction of accounts that paid at both ends of a window: the sum of its months, and the part lost at its end.
-- The tier is that of the window's start.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

added_up as (
    select
        account_mrr.account_id,
        account_mrr.month,
        account_mrr.mrr,
        sum(case when account_mrr.mrr > 0 then greatest(account_mrr.opening_mrr - account_mrr.mrr, 0) else 0 end) over (
            partition by account_mrr.account_id
            order by account_mrr.month
            rows between unbounded preceding and current row
        ) as contraction_to_date
    from account_mrr
    where account_mrr.is_complete_month
),

final as (
    select
        closing.month as end_month,
        {{ months_between('opening.month', 'closing.month') }} as horizon,
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier,
        count(*) as account_windows,
        sum(closing.contraction_to_date - opening.contraction_to_date) as lost_by_month_mrr,
        sum(greatest(opening.mrr - closing.mrr, 0)) as lost_at_end_mrr
    from added_up as opening
    inner join added_up as closing
        on opening.account_id = closing.account_id
        and opening.month < closing.month
        and closing.month <= cast(opening.month + interval '12' month as date)
    left join touch_tiers
        on opening.account_id = touch_tiers.account_id
        and opening.month = touch_tiers.month
    where opening.mrr > 0
        and closing.mrr > 0
    group by
        closing.month,
        {{ months_between('opening.month', 'closing.month') }},
        coalesce(touch_tiers.touch_tier, '(none)')
)

select * from final
