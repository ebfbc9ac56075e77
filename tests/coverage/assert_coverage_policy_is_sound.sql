-- Every investment tier has a target ARR of a CSM, at whatever stage the company is. The hiring plan has its default
-- too, its targets lie in the range of their stage, and a planned growth is that of accounts and of ARR.
select
    'csm_capacity' as file,
    'any,' || tiers.tier as place,
    'the row is missing' as violation
from {{ ref('policy_investment_tiers') }} as tiers
left join {{ ref('policy_csm_capacity') }} as capacity
    on tiers.tier = capacity.investment_tier
    and capacity.stage = 'any'
where capacity.stage is null
union all
select
    'csm_plan' as file,
    'any,' || tiers.tier as place,
    'the row is missing' as violation
from {{ ref('policy_investment_tiers') }} as tiers
left join {{ ref('policy_csm_plan') }} as csm_plan
    on tiers.tier = csm_plan.investment_tier
    and csm_plan.stage = 'any'
where csm_plan.stage is null
union all
select
    'csm_plan' as file,
    csm_plan.stage || ',' || csm_plan.investment_tier as place,
    'target_arr_per_csm lies outside the range of csm_capacity' as violation
from {{ ref('policy_csm_plan') }} as csm_plan
inner join {{ ref('policy_csm_capacity') }} as capacity
    on csm_plan.stage = capacity.stage
    and csm_plan.investment_tier = capacity.investment_tier
where csm_plan.target_arr_per_csm < capacity.target_arr_low
    or csm_plan.target_arr_per_csm > capacity.target_arr_high
union all
select
    'csm_plan_growth' as file,
    growth.investment_tier as place,
    'account_growth and arr_growth are stated together or not at all' as violation
from {{ ref('policy_csm_plan_growth') }} as growth
where (growth.account_growth is null) <> (growth.arr_growth is null)
