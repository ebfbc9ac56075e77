-- Chargebee's amount_due is what is left, so it and what was paid are the amount of the invoice.
with

invoices as (
    select * from ({{ loaded_rows('chargebee', 'invoice') }}) as loaded
),

links as (
    select * from {{ ref('con_account_links') }}
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

-- An account that is no customer would leave its invoices without an account.
without_subscription as (
    select accounts.account_id
    from {{ ref('con_chargebee__accounts') }} as accounts
    where accounts.not_taken = 'no_subscription'
),

final as (
    select
        invoices.id as invoice_id,
        coalesce(links.account_id, invoices.customer_id) as account_id,
        cast(invoices.date as date) as issued_on,
        cast(coalesce(invoices.due_date, invoices.date) as date) as due_on,
        cast(invoices.paid_at as date) as paid_on,
        (
            coalesce(invoices.amount_due, 0)
            + coalesce(invoices.amount_paid, 0)
            + coalesce(invoices.write_off_amount, 0)
        ) / power(10, coalesce(minor_units.minor_units, 2)) as amount_due,
        invoices.amount_paid / power(10, coalesce(minor_units.minor_units, 2)) as amount_paid,
        invoices.currency_code as currency,
        case
            when lower(invoices.status) = 'voided' then 'void'
            when invoices.write_off_amount > 0 then 'uncollectible'
            when lower(invoices.status) in ('payment_due', 'not_paid', 'posted') then 'open'
            when lower(invoices.status) = 'pending' then 'draft'
            else lower(invoices.status)
        end as status,
        cast(null as timestamp) as loaded_at,
        case
            when invoices._version > 1 then 'older_version'
            when without_subscription.account_id is not null then 'no_subscription'
            when invoices.deleted then 'deleted'
        end as not_taken
    from invoices
    left join links
        on links.source = 'chargebee'
        and invoices.customer_id = links.source_id
    left join without_subscription
        on invoices.customer_id = without_subscription.account_id
    left join minor_units
        on invoices.currency_code = minor_units.currency
)

select * from final
