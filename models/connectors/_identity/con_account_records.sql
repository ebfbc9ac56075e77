-- The base of all accounts: the company's own table, else the CRM in use, else the customers of the billing systems.
{% set crm = sources_in_use() | select('in', crm_systems()) | list %}
{% set billing = sources_in_use() | select('in', billing_systems()) | list %}
{% set own = own_relation('crm', 'accounts') %}
{% set crm_records = ref('con_' ~ crm[0] ~ '__account_records') if crm %}
{% set parties = connector_union('parties', billing, party_columns()) %}
with

{% if own is not none and execute %}
own_accounts as (
    select * from {{ own }}
),

final as (
    select distinct
        'own' as base_system,
        trim(cast(own_accounts.account_id as string)) as record_id,
        cast(null as string) as address,
        cast(null as string) as billing_customer_id,
        cast(null as string) as merged_into,
        false as is_deleted,
        true as has_won_opportunity
    from own_accounts
    where own_accounts.account_id is not null
)
{% elif crm %}
crm_records as (
    select * from {{ crm_records }}
),

final as (
    select
        '{{ crm[0] }}' as base_system,
        crm_records.record_id,
        crm_records.address,
        crm_records.billing_customer_id,
        crm_records.merged_into,
        coalesce(crm_records.is_deleted, false) as is_deleted,
        coalesce(crm_records.has_won_opportunity, false) as has_won_opportunity
    from crm_records
)
{% else %}
parties as (
    {{ parties }}
),

final as (
    select
        parties.source as base_system,
        parties.source_id as record_id,
        max(parties.address) as address,
        cast(null as string) as billing_customer_id,
        cast(null as string) as merged_into,
        false as is_deleted,
        true as has_won_opportunity
    from parties
    group by parties.source, parties.source_id
)
{% endif %}

select * from final
