-- As of as_of_date. Later outcomes are unknown.
with

activities as (
    select * from {{ ref('int_activities_today') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

final as (
    select
        activities.activity_id,
        activities.account_id,
        account_names.account_name,
        activities.activity_type,
        activities.kind,
        activities.member_id,
        team_members.member_name,
        activities.contact_id,
        contacts.contact_label,
        activities.scheduled_on,
        activities.completed_on,
        activities.status,
        activities.is_touch
    from activities
    left join account_names
        on activities.account_id = account_names.account_id
    left join team_members
        on activities.member_id = team_members.member_id
    left join contacts
        on activities.contact_id = contacts.contact_id
)

select * from final
