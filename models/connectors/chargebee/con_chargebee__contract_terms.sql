with

contract_terms as (
    select * from ({{ loaded_rows('chargebee', 'contract_term') }}) as loaded
),

subscriptions as (
    select * from {{ ref('con_chargebee__subscription_states') }}
    where version_number = 1
),

final as (
    select
        contract_terms.subscription_id,
        cast(contract_terms.contract_start as date) as term_start_on,
        cast(contract_terms.contract_end as date) as term_end_on,
        lower(contract_terms.action_at_term_end) <> 'cancel' as auto_renew,
        cast(least(contract_terms.created_at, contract_terms.contract_start) as date) as signed_on,
        cast(null as timestamp) as loaded_at,
        case
            when contract_terms._version > 1 then 'older_version'
            else subscriptions.not_taken
        end as not_taken
    from contract_terms
    left join subscriptions
        on contract_terms.subscription_id = subscriptions.subscription_id
)

select * from final
