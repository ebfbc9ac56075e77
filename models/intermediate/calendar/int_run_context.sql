-- The day up to which the warehouse knows the facts: stated, else the latest day with a fact in any table.
with

facts_latest as (
    select * from {{ ref('int_latest_facts') }}
),

reporting as (
    select * from {{ ref('base_billing__reporting_currency') }}
),

latest_fact as (
    select max(facts_latest.latest_on) as latest_on
    from facts_latest
),

as_of as (
    select
        coalesce(
            {{ stated_date('as_of_date') }},
            latest_fact.latest_on,
            cast('{{ run_date() }}' as date)
        ) as as_of_date
    from latest_fact
),

final as (
    select
        as_of.as_of_date,
        cast(date_trunc('month', as_of.as_of_date) as date) as as_of_month,
        case
            when as_of.as_of_date = last_day(as_of.as_of_date) then cast(date_trunc('month', as_of.as_of_date) as date)
            else cast(date_trunc('month', as_of.as_of_date) - interval '1' month as date)
        end as last_complete_month,
        cast(date_trunc('quarter', as_of.as_of_date) - interval '3' month as date) as recent_from,
        reporting.reporting_currency,
        coalesce({{ stated_date('fx_rate_on') }}, cast(date_trunc('year', as_of.as_of_date) as date)) as fx_rate_on
    from as_of
    cross join reporting
)

select * from final
