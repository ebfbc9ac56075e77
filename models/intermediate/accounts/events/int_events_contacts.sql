-- Champions and economic buyers who left. A departure may be known only once the contact is.
with

contacts_known as (
    select * from {{ ref('int_contacts_known') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

final as (
    select
        contacts_known.account_id,
        contacts_known.departed_on as occurred_on,
        greatest(
            contacts_known.departed_on, coalesce(cast(contacts.created_at as date), contacts_known.departed_on)
        ) as known_on,
        {{ event_columns('contact_left', 'dim_contacts', {'contact_id': 'contacts_known.contact_id'}) }},
        contacts_known.contact_label || ' left.' as event_text,
        false as is_provisional
    from contacts_known
    inner join contacts
        on contacts_known.contact_id = contacts.contact_id
    where contacts_known.departed_on is not null
        and contacts_known.stakeholder_type in ('champion', 'economic_buyer')
)

select * from final
