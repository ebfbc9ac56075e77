with

organizations as (
    select * from ({{ loaded_rows('zendesk', 'organization') }}) as loaded
    where _version = 1
),

domain_names as (
    select * from ({{ loaded_rows('zendesk', 'domain_name') }}) as loaded
),

listed as (
    {{ list_items('organizations', 'id', 'domain_names') }}
),

final as (
    select
        coalesce(domain_names.organization_id, organizations.id) as organization_id,
        domain_names.domain_name
    from domain_names
    left join organizations
        on domain_names.parent_row_id = organizations.row_id
    union
    select
        listed.list_id as organization_id,
        listed.item as domain_name
    from listed
)

select * from final
