-- Void invoices and drafts are not owed; of one marked paid without a date nobody can say until when it was.
with

invoices as (
    select * from {{ ref('stg_billing__invoices') }}
),

final as (
    select
        invoices.invoice_id,
        invoices.account_id,
        invoices.issued_on,
        coalesce(invoices.due_on, invoices.issued_on) as due_on,
        invoices.paid_on,
        coalesce(invoices.status = 'uncollectible', false) as is_written_off
    from invoices
    where coalesce(invoices.status not in ('draft', 'void'), true)
        and not (invoices.paid_on is null and coalesce(invoices.status = 'paid', false))
)

select * from final
