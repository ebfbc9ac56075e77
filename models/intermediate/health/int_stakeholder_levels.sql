-- Whether the rhythm of a seniority has passed since its last touch, or since its contacts were there without one. A
-- touch tier that is promised no touch has no rhythm, nor has a company before its first touch that names a contact.
with

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

activities as (
    select * from {{ ref('int_activities_today') }}
),

cadences as (
    select * from {{ ref('policy_stakeholder_cadences') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

coverage_targets as (
    select * from {{ ref('policy_coverage_targets') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

touches as (
    select
        activities.account_id,
        activities.contact_id,
        max(activities.completed_on) as last_touch_on
    from activities
    where activities.is_touch
        and activities.contact_id is not null
    group by activities.account_id, activities.contact_id
),

company as (
    select min(activities.completed_on) as touches_from
    from activities
    where activities.is_touch
        and activities.contact_id is not null
),

levels as (
    select
        contacts.account_id,
        contacts.seniority,
        min(coalesce(contacts.created_on, cast('1900-01-01' as date))) as there_from,
        max(touches.last_touch_on) as last_touch_on
    from contacts
    left join touches
        on contacts.contact_id = touches.contact_id
        and contacts.account_id = touches.account_id
    where contacts.is_present
        and contacts.seniority is not null
    group by contacts.account_id, contacts.seniority
),

final as (
    select
        levels.account_id,
        levels.seniority,
        levels.last_touch_on,
        {{ days_between(
            'coalesce(
                levels.last_touch_on,
                greatest(levels.there_from, customer_starts.customer_since, company.touches_from)
            )',
            'run_context.as_of_date'
        ) }} > cadences.touch_days as is_overdue
    from levels
    cross join run_context
    cross join company
    inner join customers
        on levels.account_id = customers.account_id
        and run_context.as_of_date = customers.snapshot_date
    inner join customer_starts
        on levels.account_id = customer_starts.account_id
    inner join account_tiers
        on levels.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    inner join coverage_targets
        on account_tiers.touch_tier = coverage_targets.touch_tier
        and coverage_targets.expected_touch_days is not null
    inner join cadences
        on levels.seniority = cadences.seniority
    where company.touches_from is not null
)

select * from final
