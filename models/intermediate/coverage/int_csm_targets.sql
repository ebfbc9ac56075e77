-- A CSM should carry the middle of the range for the company's stage, or its one bound where the range is open.
with

capacity as (
    select * from {{ ref('policy_csm_capacity') }}
),

ramp as (
    select * from {{ ref('policy_csm_ramp') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

ranges as (
    select
        capacity.*,
        row_number() over (
            partition by capacity.investment_tier
            order by case when capacity.stage = 'any' then 1 else 0 end
        ) as choice_number
    from capacity
    where capacity.stage in ({{ quoted_text(var("company_stage")) }}, 'any')
),

final as (
    select
        tiers_ranked.tier as investment_tier,
        tiers_ranked.tier_rank,
        cast(
            (
                coalesce(ranges.target_arr_low, ranges.target_arr_high)
                + coalesce(ranges.target_arr_high, ranges.target_arr_low)
            ) / 2
            as decimal(18, 2)
        ) as target_arr_per_csm,
        ramp.account_cap,
        investment_tiers.coverage,
        investment_tiers.annual_investment_low as investment_low,
        investment_tiers.annual_investment_high as investment_high
    from tiers_ranked
    left join ranges
        on tiers_ranked.tier = ranges.investment_tier
        and ranges.choice_number = 1
    left join ramp
        on tiers_ranked.tier = ramp.investment_tier
    left join investment_tiers
        on tiers_ranked.tier = investment_tiers.tier
    where tiers_ranked.scheme = 'investment_tier'
)

select * from final
