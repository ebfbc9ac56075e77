-- The whole CRM: facts may concern an account that is no customer yet.
with

accounts as (
    select * from {{ ref('stg_crm__accounts') }}
),

final as (
    select
        accounts.account_id,
        accounts.account_name
    from accounts
)

select * from final
