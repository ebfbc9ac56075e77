-- Today's CRM attributes count for all of an account's past, which may begin before the CRM had it.
with

accounts as (
    select * from {{ ref('stg_crm__accounts') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

first_starts as (
    select
        subscriptions.account_id,
        min(subscriptions.started_on) as started_on
    from subscriptions
    group by subscriptions.account_id
),

final as (
    select
        accounts.account_id,
        accounts.industry,
        accounts.region,
        accounts.csm_id,
        accounts.is_strategic,
        accounts.growth_potential,
        accounts.integration_count,
        accounts.department_count,
        least(
            cast(accounts.created_at as date), coalesce(first_starts.started_on, cast(accounts.created_at as date))
        ) as known_from
    from accounts
    left join first_starts
        on accounts.account_id = first_starts.account_id
)

select * from final
