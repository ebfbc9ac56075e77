-- Each tier holds its share of the accounts. The tier with the highest floor is filled first.
with

tiers as (
    {{ policy_table('investment_tiers') }}
),

final as (
    select
        tiers.tier,
        cast(row_number() over (order by tiers.min_arr desc) as int) as tier_rank,
        tiers.share,
        sum(tiers.share) over (order by tiers.min_arr desc) as top_share,
        tiers.published_share_low,
        tiers.published_share_high,
        tiers.min_arr,
        tiers.annual_investment_low,
        tiers.annual_investment_high,
        tiers.coverage,
        tiers.benchmark_segment
    from tiers
)

select * from final
