with

judged_rows as (
    select * from {{ ref('base_billing__invoices') }}
),

final as (
    select
        -- ids
        judged_rows.invoice_id,
        judged_rows.account_id,

        -- text
        judged_rows.currency,
        judged_rows.status,

        -- numbers
        judged_rows.amount_due,
        judged_rows.amount_paid,

        -- dates
        judged_rows.issued_on,
        judged_rows.due_on,
        judged_rows.paid_on
    from judged_rows
    where judged_rows.row_status = 'accepted'
)

select * from final
