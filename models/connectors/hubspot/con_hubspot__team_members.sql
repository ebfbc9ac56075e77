-- HubSpot states no role. The company lists its owners by id, and an owner who is the CSM of companies is one.
with

owners as (
    select * from ({{ loaded_rows('hubspot', 'owner') }}) as loaded
),

csms as (
    select distinct csm_id
    from {{ ref('con_hubspot__accounts') }}
    where csm_id is not null and not_taken is null
),

roles as (
    select
        owners.*,
        coalesce(
            nullif({{ source_value('hubspot', 'owner.owner_id', 'owners.owner_id') }}, owners.owner_id),
            case when csms.csm_id is not null then 'csm' end
        ) as member_role,
        not coalesce(owners.is_active, true)
        or coalesce(owners.is_deleted, false)
        or coalesce(owners.is_gone, false) as has_left
    from owners
    left join csms
        on owners.owner_id = csms.csm_id
),

final as (
    select
        roles.owner_id as member_id,
        coalesce({{ full_name('roles.first_name', 'roles.last_name') }}, roles.email) as member_name,
        roles.member_role as role,
        cast(null as string) as coverage_tier,
        cast(roles.created_at as date) as hired_on,
        case
            when roles.has_left and cast(roles.modified_at as date) > cast(roles.created_at as date)
                then cast(roles.modified_at as date)
        end as left_on,
        cast(null as double) as annual_cost,
        cast(null as timestamp) as loaded_at,
        case
            when roles._version > 1 then 'older_version'
            when roles.member_role is null then 'no_role'
        end as not_taken
    from roles
)

select * from final
