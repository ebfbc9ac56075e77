-- The investment tiers of the rule in use. By ARR, every month-end judges the account itself.
with

tiers_by_arr as (
    select * from {{ ref('int_investment_tiers_by_arr') }}
),

tiers_by_rank as (
    select * from {{ ref('int_investment_tiers_by_rank') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

final as (
    select
        tiers_by_arr.account_id,
        tiers_by_arr.month,
        tiers_by_arr.month as ranked_month,
        tiers_by_arr.mrr as ranked_mrr,
        tiers_by_arr.investment_tier
    from tiers_by_arr
    cross join settings
    where settings.investment_tier_rule = 'arr'
    union all
    select
        tiers_by_rank.account_id,
        tiers_by_rank.month,
        tiers_by_rank.ranked_month,
        tiers_by_rank.ranked_mrr,
        tiers_by_rank.investment_tier
    from tiers_by_rank
    cross join settings
    where settings.investment_tier_rule = 'rank'
)

select * from final
