-- What the plan expects of a CSM: the cell of the company's stage, else that of any stage.
with

csm_plan as (
    select * from {{ ref('policy_csm_plan') }}
),

ramp as (
    select * from {{ ref('policy_csm_ramp') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

any_stage as (
    select csm_plan.*
    from csm_plan
    where csm_plan.stage = 'any'
),

own_stage as (
    select csm_plan.*
    from csm_plan
    where csm_plan.stage = {{ quoted_text(var("company_stage")) }}
        and csm_plan.stage <> 'any'
),

final as (
    select
        tiers_ranked.tier as investment_tier,
        tiers_ranked.tier_rank,
        coalesce(own_stage.role, any_stage.role) as role,
        coalesce(own_stage.target_arr_per_csm, any_stage.target_arr_per_csm) as target_arr_per_csm,
        coalesce(own_stage.account_cap, any_stage.account_cap) as account_cap,
        coalesce(own_stage.annual_cost, any_stage.annual_cost) as annual_cost,
        cast(ceil(ramp.months_to_full) as int) as ramp_months,
        settings.hire_lead_days
    from tiers_ranked
    cross join settings
    left join any_stage
        on tiers_ranked.tier = any_stage.investment_tier
    left join own_stage
        on tiers_ranked.tier = own_stage.investment_tier
    left join ramp
        on tiers_ranked.tier = ramp.investment_tier
    where tiers_ranked.scheme = 'investment_tier'
)

select * from final
