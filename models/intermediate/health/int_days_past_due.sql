-- How late an account is with its oldest unpaid invoice; 0 for who owes nothing that is due.
-- What was written off is chased no more, and says nothing of how the account pays today.
-- Nobody has a row before the company's first invoice: until then nothing is known of payments.
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
        coalesce(max(greatest({{ days_between('invoices_owed.due_on', 'customers.snapshot_date') }}, 0)), 0) as days_past_due
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
