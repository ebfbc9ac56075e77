-- Contacts present on the date. Their strength has today's value, because the CRM has no history of it.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

contact_days as (
    select
        contacts.account_id,
        coalesce(cast(contacts.created_at as date), cast('1900-01-01' as date)) as created_on,
        contacts.departed_on,
        contacts.relationship_strength
    from contacts
),

company as (
    select
        min(contact_days.created_on) as first_contact_on,
        min(
            case when contact_days.relationship_strength is not null then contact_days.created_on end
        ) as strength_recorded_from
    from contact_days
),

measured as (
    select
        customers.snapshot_date,
        customers.account_id,
        avg(contact_days.relationship_strength) as relationship_strength,
        count_if(
            contact_days.created_on is not null
            and (
                coalesce(company.strength_recorded_from > customers.snapshot_date, true)
                or coalesce(contact_days.relationship_strength >= settings.multi_threading_min_strength, false)
            )
        ) as multi_threading
    from customers
    cross join company
    cross join settings
    left join contact_days
        on customers.account_id = contact_days.account_id
        and {{ in_force('customers.snapshot_date', 'contact_days.created_on', 'contact_days.departed_on') }}
    where customers.snapshot_date >= company.first_contact_on
    group by customers.snapshot_date, customers.account_id
),

final as (
    {{ metric_rows('measured', ['relationship_strength', 'multi_threading']) }}
)

select * from final
