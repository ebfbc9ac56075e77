with

accounts as (
    select * from ({{ loaded_rows('recurly', 'account') }}) as loaded
    where loaded._version = 1
),

subscriptions as (
    select * from ({{ loaded_rows('recurly', 'subscription') }}) as loaded
    where loaded._version = 1
),

-- Accounts that only their subscriptions name.
accounts_absent as (
    select distinct subscriptions.account_id
    from subscriptions
    left join accounts
        on subscriptions.account_id = accounts.id
    where accounts.id is null
        and subscriptions.account_id is not null
),

final as (
    select
        'recurly' as source,
        accounts.id as source_id,
        coalesce(
            accounts.company, nullif(trim(concat_ws(' ', accounts.first_name, accounts.last_name)), ''), accounts.email
        ) as party_name,
        accounts.salesforce_account_id as salesforce_id,
        accounts.hubspot_company_id as hubspot_id,
        accounts.code as own_account_id,
        accounts.email as address
    from accounts
    union all
    select
        'recurly' as source,
        accounts_absent.account_id as source_id,
        cast(null as string) as party_name,
        cast(null as string) as salesforce_id,
        cast(null as string) as hubspot_id,
        cast(null as string) as own_account_id,
        cast(null as string) as address
    from accounts_absent
)

select * from final
