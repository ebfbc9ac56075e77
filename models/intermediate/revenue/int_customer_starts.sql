-- The first day on which an account was charged, and its ARR on that day. A line that rounds to 0.00 is no revenue.
with

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

constant_rates as (
    select distinct
        exchange_rates.currency,
        exchange_rates.constant_rate
    from exchange_rates
),

first_days as (
    select
        mrr_lines.account_id,
        min(mrr_lines.line_from) as customer_since
    from mrr_lines
    inner join constant_rates
        on mrr_lines.currency = constant_rates.currency
    where {{ to_cents('mrr_lines.monthly_amount * constant_rates.constant_rate') }} > 0
    group by mrr_lines.account_id
),

final as (
    select
        first_days.account_id,
        first_days.customer_since,
        12 * sum({{ to_cents('mrr_lines.monthly_amount * exchange_rates.constant_rate') }}) as starting_arr
    from first_days
    inner join mrr_lines
        on first_days.account_id = mrr_lines.account_id
        and {{ in_force('first_days.customer_since', 'mrr_lines.line_from', 'mrr_lines.line_to') }}
    inner join exchange_rates
        on mrr_lines.currency = exchange_rates.currency
        and cast(date_trunc('month', first_days.customer_since) as date) = exchange_rates.month
    group by first_days.account_id, first_days.customer_since
)

select * from final
