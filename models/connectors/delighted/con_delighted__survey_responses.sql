with

answers as (
    select * from {{ ref('con_delighted__scaled_answers') }}
),

people as (
    select * from ({{ loaded_rows('delighted', 'person') }}) as loaded
    where _version = 1
),

contacts as (
    select * from {{ ref('con_delighted__contacts_by_email') }}
),

account_links as (
    select * from {{ ref('con_account_links') }}
    where source = 'delighted'
),

account_statuses as (
    select * from {{ ref('con_account_statuses') }}
),

-- Your own list comes first, then the contact with the address, then the domain.
linked as (
    select
        answers.*,
        contacts.contact_id,
        case
            when account_links.link_rule = 'own_list' then account_links.account_id
            else coalesce(contacts.account_id, account_links.account_id, answers.person_id)
        end as account_id
    from answers
    left join people
        on answers.person_id = people.id
    left join contacts
        on lower(trim(people.email)) = contacts.email
    left join account_links
        on answers.person_id = account_links.source_id
),

final as (
    select
        linked.id as response_id,
        linked.account_id,
        linked.contact_id,
        linked.kind as survey_type,
        linked.score,
        linked.created_at as responded_at,
        linked.touchpoint,
        cast(null as timestamp) as loaded_at,
        case
            when linked._version > 1 then 'older_version'
            when linked.is_deleted then 'deleted'
            when linked.kind = 'not_taken' then 'other_survey'
            when not linked.has_scale and linked.kind in ('csat', 'ces') then 'no_scale'
            else account_statuses.rows_not_taken
        end as not_taken
    from linked
    left join account_statuses
        on linked.account_id = account_statuses.record_id
)

select * from final
