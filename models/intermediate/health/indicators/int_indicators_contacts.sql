-- An account with one contact or none. Before the company's first contact there are no rows.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

contact_days as (
    select
        contacts.account_id,
        contacts.contact_id,
        coalesce(cast(contacts.created_at as date), cast('1900-01-01' as date)) as created_on,
        contacts.departed_on
    from contacts
),

first_contact as (
    select min(contact_days.created_on) as contacts_from
    from contact_days
),

contacts_present as (
    select
        customers.snapshot_date,
        customers.account_id,
        count(contact_days.contact_id) as contacts
    from customers
    inner join first_contact
        on customers.snapshot_date >= first_contact.contacts_from
    left join contact_days
        on customers.account_id = contact_days.account_id
        and {{ in_force('customers.snapshot_date', 'contact_days.created_on', 'contact_days.departed_on') }}
    group by customers.snapshot_date, customers.account_id
),

final as (
    select
        contacts_present.snapshot_date,
        contacts_present.account_id,
        indicators.indicator,
        case
            when contacts_present.contacts = 0 then 'no contact is present'
            when contacts_present.contacts = 1 then 'only one contact is present'
            else 'only ' || {{ number_text('contacts_present.contacts') }} || ' contacts are present'
        end as evidence
    from contacts_present
    inner join indicators
        on indicators.indicator = 'single_threaded'
        and contacts_present.contacts <= indicators.threshold
)

select * from final
