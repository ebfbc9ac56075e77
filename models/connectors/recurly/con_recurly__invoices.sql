with

invoices as (
    select * from ({{ loaded_rows('recurly', 'invoice') }}) as loaded
),

links as (
    select * from {{ ref('con_account_links') }}
),

-- An account that is no customer would leave its invoices without an account.
without_subscription as (
    select accounts.account_id
    from {{ ref('con_recurly__accounts') }} as accounts
    where accounts.not_taken = 'no_subscription'
),

final as (
    select
        invoices.id as invoice_id,
        coalesce(links.account_id, invoices.account_id) as account_id,
        cast(invoices.created_at as date) as issued_on,
        cast(coalesce(invoices.due_at, invoices.created_at) as date) as due_on,
        case when lower(invoices.state) = 'paid' then cast(invoices.closed_at as date) end as paid_on,
        invoices.total as amount_due,
        invoices.paid as amount_paid,
        invoices.currency,
        case lower(invoices.state)
            when 'pending' then 'open'
            when 'processing' then 'open'
            when 'past_due' then 'open'
            when 'failed' then 'open'
            when 'closed' then 'paid'
            when 'voided' then 'void'
            else lower(invoices.state)
        end as status,
        cast(null as timestamp) as loaded_at,
        case
            when invoices._version > 1 then 'older_version'
            when without_subscription.account_id is not null then 'no_subscription'
            when lower(invoices.type) = 'credit' then 'credit'
        end as not_taken
    from invoices
    left join links
        on links.source = 'recurly'
        and invoices.account_id = links.source_id
    left join without_subscription
        on invoices.account_id = without_subscription.account_id
)

select * from final
