-- Of several roles the strongest counts.
with

roles as (
    select * from ({{ loaded_rows('salesforce', 'opportunity_contact_role') }}) as loaded
    where loaded._version = 1
        and not coalesce(loaded.is_deleted, false)
        and not coalesce(loaded.is_gone, false)
),

typed as (
    select
        roles.contact_id,
        nullif({{ source_value('salesforce', 'contact.role', 'roles.role') }}, 'none') as stakeholder_type
    from roles
    where roles.contact_id is not null
),

ranked as (
    select
        typed.contact_id,
        typed.stakeholder_type,
        row_number() over (
            partition by typed.contact_id
            order by {{ stakeholder_place('typed.stakeholder_type') }} nulls last, typed.stakeholder_type
        ) as role_number
    from typed
    where typed.stakeholder_type is not null
),

final as (
    select
        ranked.contact_id,
        ranked.stakeholder_type
    from ranked
    where ranked.role_number = 1
)

select * from final
