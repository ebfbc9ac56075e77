-- A row is a month in which an account's investment tier is not the highest whose floor its ARR meets, under the rule
-- arr. Look first at int_account_investment_tiers for the account.
with

segments as (
    select * from {{ ref('fct_account_segments') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

floors as (
    select
        segments.account_id,
        segments.month,
        segments.arr,
        segments.investment_tier,
        min_by(investment_tiers.tier, investment_tiers.tier_rank) as tier_of_arr
    from segments
    inner join investment_tiers
        on segments.arr >= investment_tiers.min_arr
    group by segments.account_id, segments.month, segments.arr, segments.investment_tier
)

select
    floors.account_id,
    floors.month,
    floors.arr,
    floors.investment_tier,
    floors.tier_of_arr
from floors
cross join settings
where settings.investment_tier_rule = 'arr'
    and floors.investment_tier is distinct from floors.tier_of_arr
