-- The model and two baselines. One carries the last MRR forward, the other continues the last twelve months' retention.
with

forecasts as (
    select * from {{ ref('int_mrr_forecasts') }}
),

retention_bases as (
    select * from {{ ref('int_retention_bases') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

last_years as (
    select
        retention_bases.end_month,
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier,
        sum(retention_bases.starting_mrr) as starting_mrr,
        sum(retention_bases.ending_mrr) as ending_mrr
    from retention_bases
    left join touch_tiers
        on retention_bases.account_id = touch_tiers.account_id
        and retention_bases.start_month = touch_tiers.month
    where retention_bases.window_months = 12
    group by retention_bases.end_month, coalesce(touch_tiers.touch_tier, '(none)')
),

last_years_and_all as (
    select * from last_years
    union all
    select
        last_years.end_month,
        'all' as touch_tier,
        sum(last_years.starting_mrr) as starting_mrr,
        sum(last_years.ending_mrr) as ending_mrr
    from last_years
    group by last_years.end_month
),

methods as (
    select
        forecasts.*,
        'model' as method,
        forecasts.expected_mrr as forecast
    from forecasts
    union all
    select
        forecasts.*,
        'carry_forward' as method,
        forecasts.starting_mrr as forecast
    from forecasts
    union all
    select
        forecasts.*,
        'trailing_rates' as method,
        round(
            forecasts.starting_mrr * power(
                cast(last_years_and_all.ending_mrr as double)
                / nullif(cast(last_years_and_all.starting_mrr as double), 0),
                forecasts.months_ahead / 12
            ),
            6
        ) as forecast
    from forecasts
    inner join last_years_and_all
        on forecasts.base_month = last_years_and_all.end_month
        and forecasts.touch_tier = last_years_and_all.touch_tier
),

final as (
    select
        methods.made_on,
        methods.horizon,
        methods.touch_tier,
        methods.method,
        methods.is_today,
        methods.forecast_month,
        methods.forecast,
        methods.actual_mrr as actual,
        methods.actual_mrr - methods.forecast as error,
        abs(methods.actual_mrr - methods.forecast) / nullif(methods.actual_mrr, 0) as ape
    from methods
)

select * from final
