-- Invoices as they stood on as_of_date: what is paid later is open, and nothing is late that nobody waits for.
with

invoices as (
    select * from {{ ref('stg_billing__invoices') }}
),

invoices_owed as (
    select * from {{ ref('int_invoices_owed') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

known as (
    select
        invoices.*,
        run_context.as_of_date,
        run_context.as_of_month,
        coalesce(invoices.currency, run_context.reporting_currency) as billed_currency,
        coalesce(invoices.paid_on > run_context.as_of_date, false) as is_paid_later
    from invoices
    inner join run_context
        on invoices.issued_on <= run_context.as_of_date
),

final as (
    select
        known.invoice_id,
        known.account_id,
        known.issued_on,
        known.due_on,
        case when not known.is_paid_later then known.paid_on end as paid_on,
        known.billed_currency as currency,
        {{ to_cents('known.amount_due * exchange_rates.constant_rate') }} as amount_due,
        case when not known.is_paid_later then {{ to_cents('known.amount_paid * exchange_rates.constant_rate') }} end as amount_paid,
        case
            when invoices_owed.invoice_id is not null and not invoices_owed.is_written_off and (known.paid_on is null or known.is_paid_later)
                then greatest({{ days_between('invoices_owed.due_on', 'known.as_of_date') }}, 0)
            else 0
        end as days_past_due,
        case
            when known.is_paid_later then 'open'
            else coalesce(known.status, case when known.paid_on is null then 'open' else 'paid' end)
        end as status
    from known
    inner join exchange_rates
        on known.billed_currency = exchange_rates.currency
        and known.as_of_month = exchange_rates.month
    left join invoices_owed
        on known.invoice_id = invoices_owed.invoice_id
)

select * from final
