-- Every day from the first subscription's year to the end of the second year after as_of_date's, or of the year in
-- which the last term ends that is known by then.
with

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

contract_terms as (
    select * from {{ ref('stg_billing__contract_terms') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

starts as (
    select
        min(subscriptions.started_on) as first_start_on,
        max(subscriptions.term_months) as longest_term
    from run_context
    inner join subscriptions
        on run_context.as_of_date >= subscriptions.started_on
),

ends as (
    select max(contract_terms.term_end_on) as last_end_on
    from run_context
    inner join contract_terms
        on run_context.as_of_date >= coalesce(contract_terms.signed_on, contract_terms.term_start_on)
),

-- A term without a contract ends within its length of as_of_date.
span as (
    select
        cast(date_trunc('year', least(starts.first_start_on, run_context.as_of_date)) as date) as first_day,
        greatest(
            cast(date_trunc('year', run_context.as_of_date) + interval '3' year as date),
            cast(
                date_trunc('year', run_context.as_of_date + coalesce(starts.longest_term, 0) * interval '1' month)
                + interval '1' year as date
            ),
            cast(
                date_trunc('year', coalesce(ends.last_end_on, run_context.as_of_date)) + interval '1' year as date
            )
        ) as end_day
    from run_context
    cross join starts
    cross join ends
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
