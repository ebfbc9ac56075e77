-- The period in which an invoice is owed, and the day of its write-off.
-- Amount and status apply from the day of the payment, or at all times without one.
with

invoices as (
    select * from {{ ref('stg_billing__invoices') }}
),

invoices_left as (
    select
        invoices.*,
        {{ amount_owed('invoices.amount_due', 'invoices.amount_paid', 'invoices.status', 'invoices.paid_on') }}
            as amount_left
    from invoices
),

final as (
    select
        invoices_left.invoice_id,
        invoices_left.account_id,
        invoices_left.issued_on,
        coalesce(invoices_left.due_on, invoices_left.issued_on) as due_on,
        case when invoices_left.amount_left <= 0 then invoices_left.paid_on end as settled_on,
        case
            when invoices_left.amount_left > 0 and invoices_left.status = 'uncollectible'
                then coalesce(invoices_left.paid_on, invoices_left.issued_on)
        end as written_off_on
    from invoices_left
    where {{ to_cents('invoices_left.amount_due') }} > 0
        -- A payment before the issue leaves no day on which anything was owed.
        and (invoices_left.amount_left > 0 or invoices_left.paid_on > invoices_left.issued_on)
)

select * from final
