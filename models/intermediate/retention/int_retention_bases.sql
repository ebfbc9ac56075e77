-- The base of a window is the accounts that paid at its start.
-- An account at 0 under a contract in force, paused or free, counts as paused.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

windows as (
    select * from {{ ref('int_retention_windows') }}
),

final as (
    select
        windows.window_months,
        windows.start_month,
        windows.end_month,
        opening.account_id,
        opening.mrr as starting_mrr,
        coalesce(closing.mrr, 0) as ending_mrr,
        least(opening.mrr, coalesce(closing.mrr, 0)) as retained_mrr,
        coalesce(closing.mrr, 0) > 0 as is_retained,
        coalesce(closing.mrr = 0 and closing.has_contract, false) as is_paused_at_end
    from windows
    inner join account_mrr as opening
        on windows.start_month = opening.month
        and opening.mrr > 0
    left join account_mrr as closing
        on opening.account_id = closing.account_id
        and windows.end_month = closing.month
)

select * from final
