-- Every tier, setting and criterion is there, ranges run upwards, ramps rise, and nothing stands there that no model knows.
{{ policy_violations({
    'coverage_targets': ('rows_found.touch_tier', ['high_touch', 'low_touch', 'tech_touch']),
    'csm_ramp': ('rows_found.investment_tier', ['strategic', 'enterprise', 'mid_market', 'smb']),
    'review_criteria': ('rows_found.criterion', ['shutting_down', 'conflicting_acquisition', 'support_cost_high', 'early_escalations', 'poor_fit']),
}) }}
union all
select
    'coverage_targets: a bound is no share, or a range runs backwards' as flaw,
    targets.touch_tier as place
from {{ ref('policy_coverage_targets') }} as targets
where not coalesce(targets.cost_to_serve_low >= 0, true)
    or not coalesce(targets.cost_to_serve_low <= targets.cost_to_serve_high, true)
    or not coalesce(targets.cost_to_serve_high > 0, false)
    or not coalesce(targets.accounts_low > 0, false)
    or not coalesce(targets.accounts_low <= targets.accounts_high, true)
union all
select
    'csm_capacity: a range has no least above 0, or runs backwards' as flaw,
    capacity.stage || ' ' || capacity.investment_tier as place
from {{ ref('policy_csm_capacity') }} as capacity
where not coalesce(capacity.target_arr_low > 0, false)
    or not coalesce(capacity.target_arr_low <= capacity.target_arr_high, true)
union all
select
    'csm_capacity: a tier has no range that holds at any stage' as flaw,
    tiers.tier as place
from {{ ref('policy_investment_tiers') }} as tiers
left join {{ ref('policy_csm_capacity') }} as capacity
    on tiers.tier = capacity.investment_tier
    and capacity.stage = 'any'
where capacity.stage is null
union all
select
    'csm_capacity: no such tier' as flaw,
    capacity.stage || ' ' || capacity.investment_tier as place
from {{ ref('policy_csm_capacity') }} as capacity
left join {{ ref('policy_investment_tiers') }} as tiers
    on capacity.investment_tier = tiers.tier
where tiers.tier is null
union all
select
    'csm_ramp: a ramp does not rise from 0 to half and on to whole, or a cap is not above 0' as flaw,
    ramp.investment_tier as place
from {{ ref('policy_csm_ramp') }} as ramp
where not coalesce(ramp.months_to_half > 0 and ramp.months_to_half < ramp.months_to_full, false)
    or not coalesce(ramp.account_cap > 0, true)
union all
{{ policy_setting_violations('coverage_settings', [
    ('upgrade_below_health_score', 0, 100), ('hire_buffer', 0, 1), ('manager_tier_csms', 1, 1000), ('manager_function_csms', 1, 1000),
    ('csm_annual_cost', 0, 10000000), ('ticket_cost', 0, 10000000), ('renewals_due_days', 1, 1000), ('review_act_criteria', 1, 5),
    ('worklist_days_ahead', 0, 100),
]) }}
union all
select
    'review_criteria: an action is unknown, or moves an account of the lowest tier down, or has no words or rank' as flaw,
    criteria.criterion as place
from {{ ref('policy_review_criteria') }} as criteria
where not coalesce(criteria.action in ('do_not_renew', 'downgrade_to_tech_touch', 'reprice'), false)
    or not coalesce(criteria.action_in_lowest_tier in ('do_not_renew', 'reprice'), false)
    or criteria.label is null
    or criteria.action_rank is null
union all
select
    'review_criteria: what its rule needs is absent' as flaw,
    criteria.criterion as place
from {{ ref('policy_review_criteria') }} as criteria
where (criteria.criterion in ('poor_fit', 'support_cost_high') and not coalesce(criteria.threshold > 0, false))
    or (
        criteria.criterion = 'early_escalations'
        and not coalesce(criteria.threshold between 1 and 12 and criteria.min_count > 0, false)
    )
    or (
        criteria.criterion in ('shutting_down', 'conflicting_acquisition')
        and not coalesce(criteria.window_days > 0 and criteria.min_count > 0, false)
    )
union all
select
    'review_criteria: two criteria are of one rank' as flaw,
    cast(criteria.action_rank as string) as place
from {{ ref('policy_review_criteria') }} as criteria
group by criteria.action_rank
having count(*) > 1
