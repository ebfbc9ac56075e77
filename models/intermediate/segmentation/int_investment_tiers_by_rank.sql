-- Accounts are ranked by ARR at each quarter's end. A new one in between is ranked among the accounts of its month.
-- Of the tiers whose ranks reach down to an account, it gets the first whose floor its ARR meets.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

customers as (
    select
        account_mrr.account_id,
        account_mrr.month,
        account_mrr.mrr,
        row_number() over (
            partition by account_mrr.month
            order by account_mrr.mrr desc, account_mrr.account_id asc
        ) as arr_rank,
        count(*) over (partition by account_mrr.month) as accounts,
        case
            when account_mrr.is_complete_month and extract(month from account_mrr.month) in (3, 6, 9, 12)
                then account_mrr.month
            else cast(date_trunc('quarter', account_mrr.month) - interval '1' month as date)
        end as last_quarter_end
    from account_mrr
    where account_mrr.mrr > 0
),

with_ranking as (
    select
        customers.*,
        min(customers.month) over (partition by customers.account_id, customers.last_quarter_end) as ranked_month
    from customers
),

ranked as (
    select
        with_ranking.account_id,
        with_ranking.month,
        with_ranking.mrr,
        min_by(investment_tiers.tier, investment_tiers.tier_rank) as investment_tier
    from with_ranking
    inner join investment_tiers
        on with_ranking.arr_rank <= ceil(investment_tiers.top_share * with_ranking.accounts)
        and 12 * with_ranking.mrr >= investment_tiers.min_arr
    where with_ranking.month = with_ranking.ranked_month
    group by with_ranking.account_id, with_ranking.month, with_ranking.mrr
),

final as (
    select
        with_ranking.account_id,
        with_ranking.month,
        with_ranking.ranked_month,
        ranked.mrr as ranked_mrr,
        ranked.investment_tier
    from with_ranking
    inner join ranked
        on with_ranking.account_id = ranked.account_id
        and with_ranking.ranked_month = ranked.month
)

select * from final
