-- Share of the months' contraction that accounts still lack at a horizon, over windows that ended in the last twelve
-- complete months. A tier is shrunk to the company, and that to 1, each with the weight of prior_account_months.
with

horizons as (
    select * from {{ ref('int_forecast_horizons') }}
),

windows as (
    select * from {{ ref('int_contraction_windows') }}
),

positions as (
    select * from {{ ref('int_forecast_positions') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

tiers as (
    select distinct positions.touch_tier from positions
),

-- A window of a year is twelve account-months. Windows without contraction say nothing about what lasts.
seen as (
    select
        horizons.made_on,
        horizons.horizon,
        windows.touch_tier,
        horizons.horizon * sum(windows.account_windows) as account_months,
        cast(sum(windows.lost_at_end_mrr) as double) as lost_at_end_mrr,
        cast(sum(windows.lost_by_month_mrr) as double) as lost_by_month_mrr
    from horizons
    inner join windows
        on horizons.horizon = windows.horizon
        and horizons.base_month >= windows.end_month
        and windows.end_month > cast(horizons.base_month - interval '12' month as date)
    group by horizons.made_on, horizons.horizon, windows.touch_tier
    having sum(windows.lost_by_month_mrr) > 0
),

seen_of_company as (
    select
        seen.made_on,
        seen.horizon,
        sum(seen.account_months) as account_months,
        sum(seen.lost_at_end_mrr) / sum(seen.lost_by_month_mrr) as lasting_share
    from seen
    group by seen.made_on, seen.horizon
),

company_shares as (
    select
        horizons.made_on,
        horizons.horizon,
        settings.prior_account_months,
        (coalesce(seen_of_company.account_months * seen_of_company.lasting_share, 0) + settings.prior_account_months)
        / (coalesce(seen_of_company.account_months, 0) + settings.prior_account_months) as lasting_share
    from horizons
    cross join settings
    left join seen_of_company
        on horizons.made_on = seen_of_company.made_on
        and horizons.horizon = seen_of_company.horizon
),

final as (
    select
        company_shares.made_on,
        company_shares.horizon,
        tiers.touch_tier,
        -- An account that paused in between can lack more than its months lost.
        least(
            (
                coalesce(seen.account_months * seen.lost_at_end_mrr / seen.lost_by_month_mrr, 0)
                + company_shares.prior_account_months * company_shares.lasting_share
            ) / (coalesce(seen.account_months, 0) + company_shares.prior_account_months),
            1
        ) as lasting_share
    from company_shares
    cross join tiers
    left join seen
        on company_shares.made_on = seen.made_on
        and company_shares.horizon = seen.horizon
        and tiers.touch_tier = seen.touch_tier
)

select * from final
