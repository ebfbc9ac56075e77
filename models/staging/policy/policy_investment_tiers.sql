-- From the highest floor down each tier holds its share of the accounts; top_share is what it and those above it hold.
with

policy_rows as (
    {{ policy_rows('investment_tiers', [
        'tier', 'share', 'min_arr', 'annual_investment_low', 'annual_investment_high', 'coverage', 'reason',
    ]) }}
),

typed as (
    select
        nullif(trim(policy_rows.tier), '') as tier,
        -- Exact, so that a share of accounts which comes out even is not rounded up by one.
        cast(nullif(trim(policy_rows.share), '') as decimal(9, 6)) as share,
        cast(nullif(trim(policy_rows.min_arr), '') as decimal(18, 2)) as min_arr,
        cast(nullif(trim(policy_rows.annual_investment_low), '') as decimal(18, 2)) as annual_investment_low,
        cast(nullif(trim(policy_rows.annual_investment_high), '') as decimal(18, 2)) as annual_investment_high,
        nullif(trim(policy_rows.coverage), '') as coverage,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
),

final as (
    select
        typed.tier,
        cast(row_number() over (order by typed.min_arr desc) as int) as tier_rank,
        typed.share,
        sum(typed.share) over (order by typed.min_arr desc) as top_share,
        typed.min_arr,
        typed.annual_investment_low,
        typed.annual_investment_high,
        typed.coverage,
        typed.reason
    from typed
)

select * from final
