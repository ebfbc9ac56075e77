-- The highest tier whose floor the ARR of the month's end meets.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

final as (
    select
        account_mrr.account_id,
        account_mrr.month,
        account_mrr.mrr,
        min_by(investment_tiers.tier, investment_tiers.tier_rank) as investment_tier
    from account_mrr
    inner join investment_tiers
        on 12 * account_mrr.mrr >= investment_tiers.min_arr
    where account_mrr.mrr > 0
    group by account_mrr.account_id, account_mrr.month, account_mrr.mrr
)

select * from final
