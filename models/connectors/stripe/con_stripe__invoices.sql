with

invoices as (
    select * from ({{ loaded_rows('stripe', 'invoice') }}) as loaded
),

customers as (
    select * from {{ ref('con_stripe__customers') }}
    where is_current_version
),

links as (
    select * from {{ ref('con_account_links') }}
    where source = 'stripe'
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

described as (
    select
        invoices.*,
        coalesce(links.account_id, invoices.customer_id) as account_id,
        cast(coalesce(invoices.finalized_at, invoices.finalized_at_too, invoices.created_at) as date) as issued_on,
        power(10, coalesce(minor_units.minor_units, 2)) as minor_per_major,
        coalesce(customers.has_subscription, false)
        or coalesce(links.account_id, invoices.customer_id) <> invoices.customer_id as has_account,
        coalesce(invoices.is_live, customers.is_live, true) as is_real
    from invoices
    left join customers
        on invoices.customer_id = customers.customer_id
    left join links
        on invoices.customer_id = links.source_id
    left join minor_units
        on invoices.currency = upper(minor_units.currency)
),

final as (
    select
        described.id as invoice_id,
        described.account_id,
        described.issued_on,
        coalesce(cast(described.due_date as date), described.issued_on) as due_on,
        cast(described.paid_at as date) as paid_on,
        described.amount_due / described.minor_per_major as amount_due,
        described.amount_paid / described.minor_per_major as amount_paid,
        described.currency,
        described.status,
        cast(null as timestamp) as loaded_at,
        case
            when described._version > 1 then 'older_version'
            when not described.is_real then 'test_mode'
            when described.is_deleted or described.status = 'deleted' then 'deleted'
            when described.customer_id is not null and not described.has_account then 'no_subscription'
        end as not_taken
    from described
)

select * from final
