-- An account that hangs on one contact, or on none. Until the company has any contact nothing is known of anyone's.
with

customers as (
    select * from {{ ref('int_account_mrr_dated') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

first_contact as (
    select min(coalesce(cast(contacts.created_at as date), cast('1900-01-01' as date))) as contacts_from
    from contacts
),

contacts_present as (
    select
        customers.snapshot_date,
        customers.account_id,
        count(contacts.contact_id) as contacts
    from customers
    inner join first_contact
        on customers.snapshot_date >= first_contact.contacts_from
    left join contacts
        on customers.account_id = contacts.account_id
        and (contacts.created_at is null or cast(contacts.created_at as date) <= customers.snapshot_date)
        and (contacts.departed_on is null or customers.snapshot_date < contacts.departed_on)
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
