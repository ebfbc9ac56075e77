-- Under past_due churn_after, an account is out from the policy's days past due until nothing of the invoice is owed.
-- It is never out before the issue, when the invoice was unknown.
with

invoices_owed as (
    select * from {{ ref('int_invoices_owed') }}
),

choices as (
    select * from {{ ref('int_mrr_choices') }}
),

late as (
    select
        invoices_owed.invoice_id,
        invoices_owed.account_id,
        greatest(
            invoices_owed.issued_on,
            {{ add_days('invoices_owed.due_on', 'choices.churns_after_days_past_due') }}
        ) as delinquent_from,
        invoices_owed.settled_on as delinquent_to
    from invoices_owed
    cross join choices
    where choices.churns_after_days_past_due is not null
),

-- An invoice paid in time takes no account out.
final as (
    select late.*
    from late
    where late.delinquent_to is null
        or late.delinquent_from < late.delinquent_to
)

select * from final
