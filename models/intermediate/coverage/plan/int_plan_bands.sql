-- How far forecasts of the total MRR erred, as a share of the MRR they start from. An investment tier has the mean of
-- its touch tiers by ARR, else that of the company. Beyond the last known month the share grows with the months.
with

months as (
    select * from {{ ref('int_plan_months') }}
),

bands as (
    select * from {{ ref('int_forecast_bands') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

targets as (
    select * from {{ ref('int_plan_targets') }}
),

bands_ahead as (
    select
        months.horizon,
        bands.touch_tier,
        max_by(bands.band_share * months.horizon / bands.horizon, bands.horizon) as band_share
    from months
    inner join bands
        on months.made_on = bands.made_on
        and months.horizon >= bands.horizon
        and bands.figure = 'total'
    group by months.horizon, bands.touch_tier
),

mixes as (
    select
        accounts_covered.investment_tier,
        coalesce(accounts_covered.touch_tier, '(none)') as touch_tier,
        cast(sum(accounts_covered.arr) as double) as arr
    from accounts_covered
    group by accounts_covered.investment_tier, coalesce(accounts_covered.touch_tier, '(none)')
),

tier_bands as (
    select
        mixes.investment_tier,
        bands_ahead.horizon,
        sum(mixes.arr * bands_ahead.band_share) / sum(mixes.arr) as band_share
    from mixes
    inner join bands_ahead
        on mixes.touch_tier = bands_ahead.touch_tier
    group by mixes.investment_tier, bands_ahead.horizon
),

final as (
    select
        targets.investment_tier,
        months.horizon,
        round(coalesce(tier_bands.band_share, company_bands.band_share), 9) as band_share
    from targets
    cross join months
    left join tier_bands
        on targets.investment_tier = tier_bands.investment_tier
        and months.horizon = tier_bands.horizon
    left join bands_ahead as company_bands
        on months.horizon = company_bands.horizon
        and company_bands.touch_tier = 'all'
    where coalesce(tier_bands.band_share, company_bands.band_share) is not null
)

select * from final
