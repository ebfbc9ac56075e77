-- Salesforce states the units of a currency for one unit of its corporate currency.
-- Without a list of currencies the corporate one is that whose rates are all 1.
with

rates as (
    select * from ({{ loaded_rows('salesforce', 'dated_conversion_rate') }}) as loaded
),

currency_types as (
    select * from ({{ loaded_rows('salesforce', 'currency_type') }}) as loaded
    where loaded._version = 1
),

reporting as (
    select * from {{ ref('base_billing__reporting_currency') }}
),

corporate as (
    select currency_types.currency
    from currency_types
    where currency_types.is_corporate
    union
    select rates.currency
    from rates
    where not exists (select 1 from currency_types where currency_types.is_corporate)
    group by rates.currency
    having min(rates.conversion_rate) = 1 and max(rates.conversion_rate) = 1
),

matched as (
    select count(*) as currencies
    from corporate
    inner join reporting
        on corporate.currency = reporting.reporting_currency
),

final as (
    select
        rates.start_date as rate_on,
        rates.currency,
        round(1 / nullif(rates.conversion_rate, 0), 12) as rate_to_reporting,
        cast(null as timestamp) as loaded_at,
        case
            when rates._version > 1 then 'older_version'
            when matched.currencies = 0 then 'other_currency'
        end as not_taken
    from rates
    cross join matched
)

select * from final
