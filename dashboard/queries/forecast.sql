-- name: tiers
select distinct forecasts.touch_tier
from marts.fct_mrr_forecast as forecasts
order by forecasts.touch_tier

-- name: history
select
    segments.month,
    sum(segments.mrr) as mrr
from marts.fct_account_segments as segments
where $tier in ('all', segments.touch_tier)
    and segments.is_complete_month
group by segments.month
qualify row_number() over (order by segments.month desc) <= 24
order by segments.month

-- name: forecast
select forecasts.*
from marts.fct_mrr_forecast as forecasts
where forecasts.touch_tier = $tier
order by forecasts.horizon

-- name: errors
select
    forecasts.horizon,
    'model' as method,
    forecasts.mape,
    forecasts.past_forecasts,
    forecasts.independent_origins
from marts.fct_mrr_forecast as forecasts
where forecasts.touch_tier = $tier
    and forecasts.mape is not null
union all
select
    forecasts.horizon,
    'carry_forward',
    forecasts.carry_forward_mape,
    forecasts.past_forecasts,
    forecasts.independent_origins
from marts.fct_mrr_forecast as forecasts
where forecasts.touch_tier = $tier
    and forecasts.carry_forward_mape is not null
union all
select
    forecasts.horizon,
    'trailing_rates',
    forecasts.trailing_rates_mape,
    forecasts.past_forecasts,
    forecasts.independent_origins
from marts.fct_mrr_forecast as forecasts
where forecasts.touch_tier = $tier
    and forecasts.trailing_rates_mape is not null
order by method, horizon

-- name: backtest
select
    tests.made_on,
    tests.forecast_month,
    tests.method,
    tests.forecast,
    tests.actual,
    tests.ape,
    tests.error,
    tests.p10,
    tests.p90,
    tests.p10 - tests.forecast as low,
    tests.p90 - tests.forecast as high,
    tests.inside_p10_p90
from marts.rpt_forecast_backtest as tests
where tests.touch_tier = $tier
    and tests.figure = $figure
    and tests.horizon_months = $horizon
    and tests.forecast_month > (select max(latest.forecast_month) from marts.rpt_forecast_backtest as latest)
    - interval 36 month
order by tests.forecast_month, tests.method

-- name: renewals
select
    renewals.quarter,
    strftime(renewals.quarter, '%Y-Q') || quarter(renewals.quarter) as quarter_name,
    renewals.renewals,
    renewals.arr_up,
    renewals.secured_arr,
    renewals.open_arr,
    renewals.expected_open_arr,
    renewals.lost_arr,
    renewals.at_risk_arr,
    renewals.at_risk_accounts,
    renewals.outlook_arr,
    renewals.forecast_calibrated,
    renewals.forecast_policy,
    renewals.actual_arr,
    renewals.accuracy
from marts.rpt_renewal_forecast as renewals
where renewals.touch_tier = $tier
    and renewals.quarter between date_trunc('quarter', $as_of_date) - interval 12 month
    and date_trunc('quarter', $as_of_date) + interval 15 month
order by renewals.quarter

-- name: outlooks
select
    strftime(renewals.quarter, '%Y-Q') || quarter(renewals.quarter) as quarter_name,
    outlooks.place,
    outlooks.current_outlook,
    case outlooks.current_outlook
        when 'secured' then renewals.secured_arr
        when 'open' then renewals.open_arr
        else renewals.lost_arr
    end as arr
from marts.rpt_renewal_forecast as renewals
cross join (values (1, 'secured'), (2, 'open'), (3, 'lost')) as outlooks (place, current_outlook)
where renewals.touch_tier = $tier
    and renewals.quarter between date_trunc('quarter', $as_of_date) - interval 12 month
    and date_trunc('quarter', $as_of_date) + interval 15 month
order by renewals.quarter, outlooks.place

-- name: calibration
select
    calibration.probability_band,
    calibration.min_probability,
    calibration.renewals,
    calibration.renewed,
    calibration.forecast_rate,
    calibration.actual_rate,
    calibration.brier_score,
    calibration.base_brier_score,
    calibration.policy_brier_score
from marts.rpt_renewal_calibration as calibration
where calibration.touch_tier = $tier
    and calibration.renewals > 0
order by calibration.min_probability nulls last

-- name: sundays
select
    history.snapshot_date,
    history.renewals,
    history.arr_up,
    history.secured_arr,
    history.open_arr,
    history.expected_open_arr,
    history.lost_arr,
    history.at_risk_arr,
    history.at_risk_accounts,
    history.forecast_calibrated,
    history.secured_arr + history.expected_open_arr as outlook_arr
from marts.rpt_renewal_forecast_history as history
where history.touch_tier = $tier
    and history.quarter = $quarter
order by history.snapshot_date

-- name: owners
select distinct
    accounts.csm_id,
    coalesce(accounts.csm_name, 'No CSM') as csm_name
from marts.fct_renewals as renewals
inner join marts.dim_accounts as accounts
    on renewals.account_id = accounts.account_id
where renewals.current_outlook = 'open'
order by csm_name

-- name: open_renewals
select
    renewals.account_id,
    renewals.account_name,
    renewals.renewal_on,
    renewals.open_arr,
    renewals.calibrated_probability,
    renewals.expected_loss_arr,
    renewals.health_status,
    renewals.health_score,
    renewals.risk_level,
    renewals.touch_tier,
    coalesce(accounts.csm_name, 'No CSM') as csm_name,
    renewals.is_at_risk,
    renewals.crm_outlook
from marts.fct_renewals as renewals
inner join marts.dim_accounts as accounts
    on renewals.account_id = accounts.account_id
where renewals.current_outlook = 'open'
    and $tier in ('all', renewals.touch_tier)
    and $csm in ('all', accounts.csm_id)
    and $due in ('all', cast(cast(date_trunc('quarter', renewals.renewal_on) as date) as varchar))
order by renewals.expected_loss_arr desc, renewals.renewal_on, renewals.subscription_id

-- name: due_quarters
select distinct
    cast(cast(date_trunc('quarter', renewals.renewal_on) as date) as varchar) as quarter,
    strftime(renewals.renewal_on, '%Y-Q') || quarter(renewals.renewal_on) as quarter_name
from marts.fct_renewals as renewals
where renewals.current_outlook = 'open'
order by quarter

-- name: expansion
select
    expansion.quarter,
    strftime(expansion.quarter, '%Y-Q') || quarter(expansion.quarter)
    || case when expansion.is_dated then '' else ' (no date)' end as quarter_name,
    expansion.opportunity_type,
    expansion.open_opportunities,
    expansion.open_amount,
    expansion.expected_open_amount,
    expansion.overdue_amount,
    expansion.won,
    expansion.won_amount,
    expansion.lost,
    expansion.lost_amount,
    expansion.win_rate
from marts.rpt_expansion_forecast as expansion
order by expansion.quarter, expansion.is_dated desc, expansion.open_amount desc

-- name: expansion_total
select
    sum(expansion.open_amount) as open_amount,
    sum(expansion.expected_open_amount) as expected_open_amount,
    sum(expansion.overdue_amount) as overdue_amount,
    sum(expansion.won_amount) as won_amount
from marts.rpt_expansion_forecast as expansion
having count(*) > 0

-- name: log
select
    log.figure,
    log.published_on,
    log.made_on,
    log.period,
    log.forecast,
    log.actual,
    log.accuracy,
    log.target,
    log.target_high,
    log.is_on_target
from marts.rpt_forecast_accuracy as log
where log.figure = $figure
order by log.actual is null, log.period desc, log.published_on desc
