-- Every day from the first subscription's year to the end of the second year after as_of_date's.
with

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

span as (
    select
        least(
            cast(date_trunc('year', min(subscriptions.started_on)) as date),
            cast(date_trunc('year', max(run_context.as_of_date)) as date)
        ) as first_day,
        cast(date_trunc('year', max(run_context.as_of_date)) + interval '3' year as date) as end_day
    from run_context
    left join subscriptions
        on run_context.as_of_date >= subscriptions.started_on
),

digits as (
    select 0 as digit
    {% for digit in range(1, 10) %}
    union all
    select {{ digit }} as digit
    {% endfor %}
),

day_numbers as (
    select
        ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit + 10000 * ten_thousands.digit
            as day_number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as ten_thousands
),

final as (
    select {{ add_days('span.first_day', 'day_numbers.day_number') }} as date_day
    from span
    inner join day_numbers
        on day_numbers.day_number < {{ days_between('span.first_day', 'span.end_day') }}
)

select * from final
