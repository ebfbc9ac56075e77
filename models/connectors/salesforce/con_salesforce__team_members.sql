-- A role comes from the company's own field, the title or the role in the hierarchy. Who is a CSM of accounts is one.
with

users as (
    select * from ({{ loaded_rows('salesforce', 'user') }}) as loaded
),

user_roles as (
    select * from ({{ loaded_rows('salesforce', 'user_role') }}) as loaded
    where loaded._version = 1
),

csms as (
    select distinct csm_id
    from {{ ref('con_salesforce__accounts') }}
    where csm_id is not null and not_taken is null
),

titled as (
    select
        users.*,
        coalesce(
            users.role,
            nullif({{ source_value('salesforce', 'user.title', 'users.title') }}, users.title),
            nullif({{ source_value('salesforce', 'user.title', 'user_roles.name') }}, user_roles.name),
            case when csms.csm_id is not null then 'csm' end
        ) as member_role
    from users
    left join user_roles
        on users.user_role_id = user_roles.id
    left join csms
        on users.id = csms.csm_id
),

final as (
    select
        titled.id as member_id,
        coalesce(titled.name, {{ full_name('titled.first_name', 'titled.last_name') }}) as member_name,
        titled.member_role as role,
        titled.coverage_tier,
        coalesce(titled.hired_on, cast(titled.created_date as date)) as hired_on,
        coalesce(
            titled.left_on,
            case
                when (not titled.is_active or titled.is_gone)
                    and cast(titled.modified_at as date) > cast(titled.created_date as date)
                    then cast(titled.modified_at as date)
            end
        ) as left_on,
        titled.annual_cost,
        cast(null as timestamp) as loaded_at,
        case
            when titled._version > 1 then 'older_version'
            when titled.member_role is null then 'no_role'
        end as not_taken
    from titled
)

select * from final
