-- Under the policy past_due churn_after, an account is out from so many days past due on until the invoice is paid.
-- Never before the invoice was issued: nobody knew of it then.
with

invoices as (
    select * from {{ ref('stg_billing__invoices') }}
),

choices as (
    select * from {{ ref('int_mrr_choices') }}
),

final as (
    select
        invoices.invoice_id,
        invoices.account_id,
        greatest(
            invoices.issued_on,
            {{ add_days('coalesce(invoices.due_on, invoices.issued_on)', 'choices.churns_after_days_past_due') }}
        ) as delinquent_from,
        invoices.paid_on as delinquent_to
    from invoices
    cross join choices
    where choices.churns_after_days_past_due is not null
        and not (invoices.status in ('draft', 'void') and invoices.status is not null)
        and not (invoices.paid_on is null and coalesce(invoices.status = 'paid', false))
)

select * from final
