-- The constant rate causes no movements. The rate of each month's end shows the FX effect.
with

exchange_rates as (
    select * from {{ ref('stg_billing__exchange_rates') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

constant_rates as (
    select
        exchange_rates.currency,
        coalesce(
            max_by(exchange_rates.rate_to_reporting, exchange_rates.rate_on)
            filter (where exchange_rates.rate_on <= run_context.fx_rate_on),
            min_by(exchange_rates.rate_to_reporting, exchange_rates.rate_on)
        ) as constant_rate
    from exchange_rates
    cross join run_context
    where exchange_rates.currency <> run_context.reporting_currency
    group by exchange_rates.currency
),

month_end_rates as (
    select
        exchange_rates.currency,
        months.month,
        coalesce(
            max_by(exchange_rates.rate_to_reporting, exchange_rates.rate_on)
            filter (where exchange_rates.rate_on <= months.snapshot_on),
            min_by(exchange_rates.rate_to_reporting, exchange_rates.rate_on)
        ) as month_end_rate
    from exchange_rates
    cross join months
    group by exchange_rates.currency, months.month
),

foreign_rates as (
    select
        constant_rates.currency,
        month_end_rates.month,
        constant_rates.constant_rate,
        month_end_rates.month_end_rate
    from constant_rates
    inner join month_end_rates
        on constant_rates.currency = month_end_rates.currency
),

reporting_rates as (
    select
        run_context.reporting_currency as currency,
        months.month,
        cast(1 as double) as constant_rate,
        cast(1 as double) as month_end_rate
    from months
    cross join run_context
),

final as (
    select * from foreign_rates
    union all
    select * from reporting_rates
)

select * from final
