with

parties as (
    {{ connector_union('parties', sources_in_use() | reject('in', crm_systems()) | list, party_columns()) }}
),

final as (
    select
        parties.source,
        parties.source_id,
        parties.party_name,
        parties.salesforce_id,
        parties.hubspot_id,
        parties.own_account_id,
        {{ domain_of('parties.address') }} as domain
    from parties
    where parties.source_id is not null
)

select * from final
