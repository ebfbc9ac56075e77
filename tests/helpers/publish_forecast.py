"""Forecasts of the small company: nothing is expected to change."""

FORECAST_SQL = """
create table marts.fct_renewals as
select 's-' || account_id as subscription_id, account_id,
    (as_of_date + 60)::date as renewal_on, (as_of_date)::date as forecast_on,
    60::bigint as days_ahead, arr as arr_up, 'stable' as health_status,
    0.85::double as policy_probability, 0.9::double as calibrated_probability,
    (0.9 * arr)::decimal(18, 2) as expected_arr,
    (0.85 * arr)::decimal(18, 2) as expected_arr_policy, false as has_given_notice,
    'none' as risk_level, 'open' as outcome, null::decimal(18, 2) as renewed_arr,
    0::decimal(18, 2) as expansion_arr
from marts.dim_accounts cross join intermediate.int_run_context where mrr > 0;

create table marts.rpt_renewal_forecast as
select date_trunc('quarter', renewal_on)::date as quarter, 'all' as touch_tier,
    count(*) as renewals, sum(arr_up) as arr_up
from marts.fct_renewals group by quarter;

create table marts.fct_mrr_forecast as
select (as_of_month + months * interval '1' month)::date as forecast_month, touch_tier,
    months::int as horizon, sum(mrr) as starting_mrr, sum(mrr) - 1 as p10, sum(mrr) as p50,
    sum(mrr) + 1 as p90, 'measured' as interval_status, 0.9::double as expected_grr,
    1.0::double as expected_nrr
from (
    select 'all' as touch_tier, mrr from marts.dim_accounts
    union all
    select 'low_touch', mrr from marts.dim_accounts
)
cross join range(1, 13) as horizons (months)
cross join (
    select date_trunc('month', as_of_date)::date as as_of_month from intermediate.int_run_context
)
group by as_of_month, months, touch_tier;

create table marts.rpt_forecast_backtest as
select last_day(opening.month) as made_on, closing.month as forecast_month,
    date_diff('month', opening.month, closing.month)::int as horizon_months,
    'all' as touch_tier, method, sum(closing.closing_mrr) as actual,
    sum(closing.closing_mrr) as forecast, 0::decimal(18, 2) as error,
    case when method = 'model' then sum(closing.closing_mrr) - 1 end as p10,
    case when method = 'model' then sum(closing.closing_mrr) + 1 end as p90,
    case when method = 'model' then true end as inside_p10_p90
from marts.fct_mrr_monthly as opening
inner join marts.fct_mrr_monthly as closing
    on closing.account_id = opening.account_id and closing.month > opening.month
cross join (values ('model'), ('carry_forward')) as methods (method)
where opening.closing_mrr > 0 and closing.is_complete_month
group by opening.month, closing.month, method;

create table marts.rpt_forecast_accuracy as
select current_date as published_on, 'mrr' as figure, month as period,
    sum(closing_mrr) as forecast, sum(closing_mrr) as actual, 1.0::double as accuracy
from marts.fct_mrr_monthly where is_complete_month group by month;
"""
