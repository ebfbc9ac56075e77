with

invoices as (
    select * from {{ ref('int_invoices_known') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        invoices.invoice_id,
        invoices.account_id,
        account_names.account_name,
        invoices.issued_on,
        invoices.due_on,
        invoices.paid_on,
        invoices.currency,
        cast(invoices.billed_amount_due as decimal(18, 2)) as billed_amount_due,
        cast(invoices.billed_amount_paid as decimal(18, 2)) as billed_amount_paid,
        cast(invoices.amount_due as decimal(18, 2)) as amount_due,
        cast(invoices.amount_paid as decimal(18, 2)) as amount_paid,
        run_context.reporting_currency,
        cast(invoices.days_past_due as bigint) as days_past_due,
        invoices.status
    from invoices
    cross join run_context
    left join account_names
        on invoices.account_id = account_names.account_id
)

select * from final
