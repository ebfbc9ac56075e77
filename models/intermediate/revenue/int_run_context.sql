-- The day on which the warehouse looks at the world: stated, else the latest sign of life in the data.
with

usage_days as (
    select * from {{ ref('base_product__rows_counted') }}
),

tickets as (
    select * from {{ ref('stg_support__tickets') }}
),

survey_responses as (
    select * from {{ ref('stg_feedback__survey_responses') }}
),

activities as (
    select * from {{ ref('stg_crm__activities') }}
),

invoices as (
    select * from {{ ref('stg_billing__invoices') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

reporting as (
    select * from {{ ref('base_billing__reporting_currency') }}
),

signs_of_life as (
    select usage_days.usage_on as seen_on
    from usage_days
    where usage_days.accepted_rows > 0
    union all
    select cast(tickets.created_at as date) as seen_on from tickets
    union all
    select cast(survey_responses.responded_at as date) as seen_on from survey_responses
    union all
    select cast(activities.completed_at as date) as seen_on
    from activities
    where activities.status = 'completed'
    union all
    select invoices.issued_on as seen_on from invoices
),

latest_sign as (
    select max(signs_of_life.seen_on) as seen_on
    from signs_of_life
    where signs_of_life.seen_on <= cast('{{ run_date() }}' as date)
),

latest_start as (
    select max(subscriptions.started_on) as started_on
    from subscriptions
    where subscriptions.started_on <= cast('{{ run_date() }}' as date)
),

as_of as (
    select
        coalesce(
            {{ stated_date('as_of_date') }},
            latest_sign.seen_on,
            latest_start.started_on,
            cast('{{ run_date() }}' as date)
        ) as as_of_date
    from latest_sign
    cross join latest_start
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
