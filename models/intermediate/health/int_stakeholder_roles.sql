-- Who is present on as_of_date. In a company that records no contact nothing is known.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

needed_roles as (
    select * from {{ ref('policy_stakeholder_roles') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

company as (
    select count(*) as contacts
    from contacts
),

roles as (
    {% for role in ['economic_buyer', 'champion', 'influencer', 'technical_owner', 'end_user', 'blocker'] %}
    select
        '{{ role }}' as stakeholder_type,
        {{ loop.index }} as role_number
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

roles_filled as (
    select
        contacts.account_id,
        contacts.stakeholder_type,
        count(*) as contacts
    from contacts
    where contacts.is_present
    group by contacts.account_id, contacts.stakeholder_type
),

final as (
    select
        customers.account_id,
        roles.stakeholder_type,
        roles.role_number,
        roles_filled.contacts is not null as is_present,
        roles_filled.contacts is null and needed_roles.stakeholder_type is not null as is_missing
    from customers
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
    inner join company
        on company.contacts > 0
    cross join roles
    left join account_tiers
        on customers.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    left join roles_filled
        on customers.account_id = roles_filled.account_id
        and roles.stakeholder_type = roles_filled.stakeholder_type
    left join needed_roles
        on account_tiers.touch_tier = needed_roles.touch_tier
        and roles.stakeholder_type = needed_roles.stakeholder_type
)

select * from final
