-- Of several roles the strongest counts.
with

contacts as (
    select * from ({{ loaded_rows('hubspot', 'contact') }}) as loaded
    where loaded._version = 1 and loaded.stakeholder_role is not null
),

parts as (
    {{ list_parts('contacts', ['id'], 'stakeholder_role') }}
),

typed as (
    select
        parts.id as contact_id,
        nullif({{ source_value('hubspot', 'contact.role', 'parts.part') }}, 'none') as stakeholder_type
    from parts
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
