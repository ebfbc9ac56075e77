-- Invoices as they were on as_of_date. Amount and status of a later payment are not known yet.
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

issued as (
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

known as (
    select
        issued.invoice_id,
        issued.account_id,
        issued.issued_on,
        issued.due_on,
        issued.as_of_date,
        issued.as_of_month,
        issued.billed_currency,
        issued.amount_due,
        case when not issued.is_paid_later then issued.paid_on end as paid_on,
        case when not issued.is_paid_later then issued.amount_paid end as amount_paid,
        case when not issued.is_paid_later then issued.status end as stated_status
    from issued
),

judged as (
    select
        known.*,
        {{ amount_owed('known.amount_due', 'known.amount_paid', 'known.stated_status', 'known.paid_on') }}
            as amount_left
    from known
),

final as (
    select
        judged.invoice_id,
        judged.account_id,
        judged.issued_on,
        judged.due_on,
        judged.paid_on,
        judged.billed_currency as currency,
        {{ to_cents('judged.amount_due') }} as billed_amount_due,
        {{ to_cents('judged.amount_paid') }} as billed_amount_paid,
        {{ to_cents('judged.amount_due * exchange_rates.constant_rate') }} as amount_due,
        {{ to_cents('judged.amount_paid * exchange_rates.constant_rate') }} as amount_paid,
        case
            when judged.as_of_date < coalesce(invoices_owed.written_off_on, cast('9999-12-31' as date))
                and {{ in_force('judged.as_of_date', 'invoices_owed.issued_on', 'invoices_owed.settled_on') }}
                then greatest({{ days_between('invoices_owed.due_on', 'judged.as_of_date') }}, 0)
            else 0
        end as days_past_due,
        case
            when judged.stated_status in ('draft', 'void', 'paid') then judged.stated_status
            -- The amounts of an open credit note or an open invoice of 0 do not show a payment.
            when judged.amount_left <= 0 and ({{ to_cents('judged.amount_due') }} > 0 or judged.stated_status is null)
                then 'paid'
            else coalesce(judged.stated_status, 'open')
        end as status
    from judged
    inner join exchange_rates
        on judged.billed_currency = exchange_rates.currency
        and judged.as_of_month = exchange_rates.month
    left join invoices_owed
        on judged.invoice_id = invoices_owed.invoice_id
)

select * from final
