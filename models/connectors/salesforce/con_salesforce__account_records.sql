with

accounts as (
    select * from ({{ loaded_rows('salesforce', 'account') }}) as loaded
    where loaded._version = 1
),

opportunities as (
    select * from ({{ loaded_rows('salesforce', 'opportunity') }}) as loaded
    where loaded._version = 1
),

won as (
    select distinct opportunities.account_id
    from opportunities
    where opportunities.is_won
        and not coalesce(opportunities.is_deleted, false)
        and not coalesce(opportunities.is_gone, false)
),

final as (
    select
        accounts.id as record_id,
        accounts.name as account_name,
        accounts.created_date as created_at,
        accounts.website as address,
        accounts.billing_customer_id,
        accounts.master_record_id as merged_into,
        coalesce(accounts.is_deleted, false) or coalesce(accounts.is_gone, false) as is_deleted,
        won.account_id is not null as has_won_opportunity
    from accounts
    left join won
        on accounts.id = won.account_id
    where accounts.id is not null
)

select * from final
