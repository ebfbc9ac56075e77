-- Touches that name a contact who is still present.
with

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

activities as (
    select * from {{ ref('int_activities_today') }}
),

final as (
    select
        contacts.account_id,
        max(case when contacts.seniority = 'c_level' then activities.completed_on end) as last_touch_c_level_on,
        max(case when contacts.seniority = 'vp' then activities.completed_on end) as last_touch_vp_on,
        max(case when contacts.seniority = 'director' then activities.completed_on end) as last_touch_director_on,
        max(case when contacts.seniority = 'manager' then activities.completed_on end) as last_touch_manager_on,
        max(case when contacts.seniority = 'user' then activities.completed_on end) as last_touch_user_on
    from contacts
    inner join activities
        on contacts.contact_id = activities.contact_id
        and contacts.account_id = activities.account_id
    where contacts.is_present
        and activities.is_touch
    group by contacts.account_id
)

select * from final
