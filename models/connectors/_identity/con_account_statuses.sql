with

account_keys as (
    select * from {{ ref('con_account_keys') }}
),

signs as (
    select * from {{ ref('con_account_signs') }}
),

final as (
    select
        account_keys.record_id,
        account_keys.account_id,
        case
            when account_keys.is_merged then 'merged'
            when account_keys.is_deleted then 'deleted'
            when signs.account_id is null then 'prospect'
        end as not_taken,
        case
            when account_keys.is_deleted then 'deleted'
            when signs.account_id is null then 'prospect'
        end as rows_not_taken
    from account_keys
    left join signs
        on account_keys.account_id = signs.account_id
)

select * from final
