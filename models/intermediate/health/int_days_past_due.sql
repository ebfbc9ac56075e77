-- Days that the oldest unpaid invoice is late, 0 if nothing is due. Written-off invoices do not count.
-- Before the company's first invoice payments are unknown, so there are no rows.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

invoices_owed as (
    select * from {{ ref('int_invoices_owed') }}
),

invoices as (
    select * from {{ ref('stg_billing__invoices') }}
),

first_invoice as (
    select min(invoices.issued_on) as invoices_from
    from invoices
),

final as (
    select
        customers.snapshot_date,
        customers.account_id,
        coalesce(
            max(greatest({{ days_between('invoices_owed.due_on', 'customers.snapshot_date') }}, 0)), 0
        ) as days_past_due
    from customers
    inner join first_invoice
        on customers.snapshot_date >= first_invoice.invoices_from
    left join invoices_owed
        on customers.account_id = invoices_owed.account_id
        and {{ in_force('customers.snapshot_date', 'invoices_owed.issued_on', 'invoices_owed.settled_on') }}
        and customers.snapshot_date < coalesce(invoices_owed.written_off_on, cast('9999-12-31' as date))
    group by customers.snapshot_date, customers.account_id
)

select * from final
