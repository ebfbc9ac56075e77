-- Roles as lists in words. A company that records no contact has no rows.
with

stakeholder_roles as (
    select * from {{ ref('int_stakeholder_roles') }}
),

contacts as (
    select * from {{ ref('int_contacts_known') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

worded as (
    select
        stakeholder_roles.*,
        ', ' || replace(stakeholder_roles.stakeholder_type, '_', ' ') as words
    from stakeholder_roles
),

listed as (
    select
        worded.account_id,
        {% for column in ['is_present', 'is_missing'] %}
        ''
        {% for number in range(1, 7) %}
        || coalesce(max(case when worded.role_number = {{ number }} and worded.{{ column }} then worded.words end), '')
        {% endfor %}
            as {{ column }}_words,
        {% endfor %}
        count_if(worded.is_missing) as missing_roles
    from worded
    group by worded.account_id
),

contacts_present as (
    select
        contacts.account_id,
        count(*) as contacts
    from contacts
    where contacts.is_present
    group by contacts.account_id
),

final as (
    select
        listed.account_id,
        coalesce(contacts_present.contacts, 0) as contacts,
        metrics.value as strong_contacts,
        metrics.value >= settings.multi_threading_min_contacts as is_multi_threaded,
        nullif(substring(listed.is_present_words, 3), '') as roles_present,
        nullif(substring(listed.is_missing_words, 3), '') as roles_missing,
        listed.missing_roles
    from listed
    cross join run_context
    cross join settings
    left join contacts_present
        on listed.account_id = contacts_present.account_id
    left join metrics
        on listed.account_id = metrics.account_id
        and run_context.as_of_date = metrics.snapshot_date
        and metrics.metric = 'multi_threading'
)

select * from final
