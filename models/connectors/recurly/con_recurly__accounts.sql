-- Accounts of Recurly that stand for themselves, because no account of a CRM is theirs.
with

accounts as (
    select * from ({{ loaded_rows('recurly', 'account') }}) as loaded
),

parties as (
    select * from {{ ref('con_recurly__parties') }}
),

subscriptions as (
    select * from {{ ref('con_recurly__subscription_versions') }}
    where version_number = 1
),

links as (
    select * from {{ ref('con_account_links') }}
    where source = 'recurly'
),

first_starts as (
    select
        subscriptions.source_account_id,
        min(subscriptions.started_on) as started_on,
        count_if(subscriptions.not_taken is null) as subscriptions_taken
    from subscriptions
    group by subscriptions.source_account_id
),

final as (
    select
        parties.source_id as account_id,
        coalesce(parties.party_name, accounts.code, parties.source_id) as account_name,
        coalesce(accounts.created_at, cast(first_starts.started_on as timestamp)) as created_at,
        cast(null as string) as parent_account_id,
        cast(null as string) as industry,
        cast(null as string) as region,
        accounts.country,
        cast(null as int) as employee_count,
        cast(null as string) as csm_id,
        cast(null as boolean) as is_strategic,
        cast(null as string) as growth_potential,
        cast(null as int) as integration_count,
        cast(null as int) as department_count,
        cast(null as timestamp) as loaded_at,
        case
            when accounts._version > 1 then 'older_version'
            when links.account_id <> parties.source_id then 'linked'
            when coalesce(first_starts.subscriptions_taken, 0) = 0 then 'no_subscription'
        end as not_taken
    from parties
    left join accounts
        on parties.source_id = accounts.id
    left join first_starts
        on parties.source_id = first_starts.source_account_id
    left join links
        on parties.source_id = links.source_id
)

select * from final
