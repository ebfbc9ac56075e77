-- A customer churns in the month in which its last contract is gone. A pause or a free period under a contract is none.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

mrr_lines_lapsed as (
    select * from {{ ref('int_mrr_lines_lapsed') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

accounts_delinquent as (
    select * from {{ ref('int_accounts_delinquent') }}
),

paid_before as (
    select
        account_mrr.*,
        max(case when account_mrr.opening_mrr > 0 then cast(account_mrr.month - interval '1' month as date) end) over (
            partition by account_mrr.account_id
            order by account_mrr.month
            rows between unbounded preceding and current row
        ) as last_paid_month
    from account_mrr
),

churned_months as (
    select
        paid_before.account_id,
        paid_before.month as churned_month,
        paid_before.snapshot_on,
        paid_before.first_mrr_month,
        paid_before.last_paid_month,
        paid_before.opening_contract_mrr = 0 as was_free
    from paid_before
    where paid_before.had_contract
        and not paid_before.has_contract
        and paid_before.last_paid_month is not null
),

lines as (
    select
        mrr_lines.account_id,
        mrr_lines.currency,
        mrr_lines.monthly_amount,
        mrr_lines.line_from,
        mrr_lines.line_to
    from mrr_lines
    union all
    select
        mrr_lines_lapsed.account_id,
        mrr_lines_lapsed.currency,
        0 as monthly_amount,
        mrr_lines_lapsed.line_from,
        mrr_lines_lapsed.line_to
    from mrr_lines_lapsed
),

-- A line that rounds to 0.00 is no revenue. A contract that was free to its end counts to its last day.
lines_counted as (
    select
        churned_months.account_id,
        churned_months.churned_month,
        churned_months.snapshot_on,
        lines.line_from,
        lines.line_to
    from churned_months
    inner join lines
        on churned_months.account_id = lines.account_id
        and churned_months.snapshot_on >= lines.line_from
    inner join exchange_rates
        on churned_months.churned_month = exchange_rates.month
        and lines.currency = exchange_rates.currency
    where churned_months.was_free
        or {{ to_cents('lines.monthly_amount * exchange_rates.constant_rate') }} > 0
),

-- Revenue stops when a line ends, or when an invoice has been unpaid for too long.
possible_stops as (
    select
        lines_counted.account_id,
        lines_counted.churned_month,
        lines_counted.line_to as stopped_on
    from lines_counted
    where lines_counted.line_to <= lines_counted.snapshot_on
    union all
    select
        churned_months.account_id,
        churned_months.churned_month,
        accounts_delinquent.delinquent_from as stopped_on
    from churned_months
    inner join accounts_delinquent
        on churned_months.account_id = accounts_delinquent.account_id
        and churned_months.snapshot_on >= accounts_delinquent.delinquent_from
),

-- The last stop with revenue on the day before.
last_stops as (
    select
        possible_stops.account_id,
        possible_stops.churned_month,
        max(possible_stops.stopped_on) as churned_on
    from possible_stops
    inner join lines_counted
        on possible_stops.account_id = lines_counted.account_id
        and possible_stops.churned_month = lines_counted.churned_month
        and possible_stops.stopped_on > lines_counted.line_from
        and possible_stops.stopped_on <= coalesce(lines_counted.line_to, cast('9999-12-31' as date))
    left join accounts_delinquent
        on possible_stops.account_id = accounts_delinquent.account_id
        and possible_stops.stopped_on > accounts_delinquent.delinquent_from
        and possible_stops.stopped_on <= coalesce(accounts_delinquent.delinquent_to, cast('9999-12-31' as date))
    where accounts_delinquent.account_id is null
    group by possible_stops.account_id, possible_stops.churned_month
),

final as (
    select
        churned_months.account_id,
        churned_months.churned_month,
        last_stops.churned_on,
        churned_months.first_mrr_month,
        churned_months.last_paid_month,
        last_paid.mrr as churned_mrr
    from churned_months
    inner join last_stops
        on churned_months.account_id = last_stops.account_id
        and churned_months.churned_month = last_stops.churned_month
    inner join account_mrr as last_paid
        on churned_months.account_id = last_paid.account_id
        and churned_months.last_paid_month = last_paid.month
)

select * from final
