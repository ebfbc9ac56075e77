with

invoices as (
    select * from {{ ref('int_invoices_known') }}
),

final as (
    select
        invoices.invoice_id,
        invoices.account_id,
        invoices.issued_on,
        invoices.due_on,
        invoices.paid_on,
        invoices.currency,
        cast(invoices.amount_due as decimal(18, 2)) as amount_due,
        cast(invoices.amount_paid as decimal(18, 2)) as amount_paid,
        cast(invoices.days_past_due as bigint) as days_past_due,
        invoices.status
    from invoices
)

select * from final
