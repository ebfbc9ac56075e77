-- Every investment tier has a target ARR of a CSM, at whatever stage the company is.
select
    'csm_capacity' as file,
    'any,' || tiers.tier as place,
    'the row is missing' as violation
from {{ ref('policy_investment_tiers') }} as tiers
left join {{ ref('policy_csm_capacity') }} as capacity
    on tiers.tier = capacity.investment_tier
    and capacity.stage = 'any'
where capacity.stage is null
