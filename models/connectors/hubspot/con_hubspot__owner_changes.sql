with

property_values as (
    select * from ({{ loaded_rows('hubspot', 'company_property_history') }}) as loaded
    where loaded._version = 1
),

companies as (
    select * from ({{ loaded_rows('hubspot', 'company') }}) as loaded
    where loaded._version = 1
),

kinds as (
    select case when count(companies.csm_id) > 0 then 'csm' else 'owner' end as kind
    from companies
),

final as (
    select
        property_values.company_id as account_id,
        property_values.value as member_id,
        property_values.changed_at
    from property_values
    inner join kinds
        on {{ source_value('hubspot', 'company_property_history.name', 'property_values.name') }} = kinds.kind
)

select * from final
