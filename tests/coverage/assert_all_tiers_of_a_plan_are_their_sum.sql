-- What all tiers need and cost in a month and scenario is the sum of the tiers.
with

plan as (
    select * from {{ ref('rpt_org_plan') }}
),

totals as (
    select
        plan.month,
        plan.scenario,
        count(*) as tiers,
        count(plan.required_csms) as known_tiers,
        sum(plan.required_csms) as required_csms,
        sum(plan.cost) as cost,
        sum(plan.cost_today) as cost_today,
        max(plan.all_required_csms) as all_required_csms,
        max(plan.all_cost) as all_cost,
        max(plan.all_cost_today) as all_cost_today
    from plan
    group by
        plan.month,
        plan.scenario
)

select
    totals.month,
    totals.scenario,
    totals.required_csms,
    totals.all_required_csms,
    totals.cost,
    totals.all_cost
from totals
where totals.known_tiers = totals.tiers
    and (
        totals.required_csms <> totals.all_required_csms
        or totals.cost <> totals.all_cost
        or totals.cost_today <> totals.all_cost_today
    )
