-- MRR that a later month has from accounts that do not pay on the day. With enough years it is the mean of the same
-- window in those years, before that the run rate.
with

horizons as (
    select * from {{ ref('int_forecast_horizons') }}
),

windows as (
    select * from {{ ref('int_new_business_windows') }}
),

rates as (
    select * from {{ ref('int_new_business_rates') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

history as (
    select min(account_mrr.month) as first_month
    from account_mrr
),

tiers as (
    select distinct windows.touch_tier from windows
),

tiers_ahead as (
    select
        horizons.made_on,
        horizons.base_month,
        horizons.horizon,
        horizons.months_ahead,
        horizons.forecast_month,
        tiers.touch_tier,
        settings.season_years,
        {{ months_between('history.first_month', 'horizons.base_month') }} >= 12 * settings.season_years as is_seasonal,
        horizons.forecast_month <= run_context.last_complete_month as is_over
    from horizons
    cross join tiers
    cross join settings
    cross join history
    cross join run_context
),

-- The same window a year ago, two years ago, and so on. A year without new business has no window, and counts.
seasonal_means as (
    select
        tiers_ahead.made_on,
        tiers_ahead.horizon,
        tiers_ahead.touch_tier,
        cast(sum(windows.new_mrr) as double) / max(tiers_ahead.season_years) as seasonal_mrr
    from tiers_ahead
    inner join windows
        on tiers_ahead.horizon = windows.horizon
        and tiers_ahead.touch_tier = windows.touch_tier
        and extract(month from tiers_ahead.forecast_month) = extract(month from windows.end_month)
        and tiers_ahead.forecast_month > windows.end_month
        and {{ months_between('windows.end_month', 'tiers_ahead.forecast_month') }} <= 12 * tiers_ahead.season_years
    where tiers_ahead.is_seasonal
    group by tiers_ahead.made_on, tiers_ahead.horizon, tiers_ahead.touch_tier
),

-- In an open month the part that is over has brought its customers already.
expected as (
    select
        tiers_ahead.made_on,
        tiers_ahead.horizon,
        tiers_ahead.touch_tier,
        tiers_ahead.is_seasonal,
        case
            when not tiers_ahead.is_seasonal then coalesce(rates.monthly_mrr, 0) * tiers_ahead.months_ahead
            else
                coalesce(seasonal_means.seasonal_mrr, 0)
                - (tiers_ahead.horizon - tiers_ahead.months_ahead) * coalesce(first_means.seasonal_mrr, 0)
        end as expected_mrr,
        case when tiers_ahead.is_over then coalesce(cast(actual.new_mrr as double), 0) end as actual_mrr
    from tiers_ahead
    left join seasonal_means
        on tiers_ahead.made_on = seasonal_means.made_on
        and tiers_ahead.horizon = seasonal_means.horizon
        and tiers_ahead.touch_tier = seasonal_means.touch_tier
    left join seasonal_means as first_means
        on tiers_ahead.made_on = first_means.made_on
        and tiers_ahead.touch_tier = first_means.touch_tier
        and first_means.horizon = 1
    left join rates
        on tiers_ahead.made_on = rates.made_on
        and tiers_ahead.touch_tier = rates.touch_tier
    left join windows as actual
        on tiers_ahead.forecast_month = actual.end_month
        and tiers_ahead.horizon = actual.horizon
        and tiers_ahead.touch_tier = actual.touch_tier
),

final as (
    select
        expected.made_on,
        expected.horizon,
        expected.touch_tier,
        expected.is_seasonal,
        round(greatest(expected.expected_mrr, 0), 6) as expected_mrr,
        expected.actual_mrr
    from expected
    union all
    select
        expected.made_on,
        expected.horizon,
        'all' as touch_tier,
        expected.is_seasonal,
        round(sum(greatest(expected.expected_mrr, 0)), 6) as expected_mrr,
        round(sum(expected.actual_mrr), 6) as actual_mrr
    from expected
    group by expected.made_on, expected.horizon, expected.is_seasonal
)

select * from final
