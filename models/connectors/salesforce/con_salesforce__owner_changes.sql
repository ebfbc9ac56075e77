-- Salesforce writes two rows a change, one with names and one with ids. Only ids of users count.
-- Where a row states no field, it is a version of an account. The first version reaches back to its beginning.
with

changes as (
    select * from ({{ loaded_rows('salesforce', 'account_history') }}) as loaded
    where loaded._version = 1
        and not coalesce(loaded.is_deleted, false)
),

account_versions as (
    select * from ({{ loaded_rows('salesforce', 'account') }}) as loaded
),

accounts as (
    select * from account_versions
    where account_versions._version = 1
),

users as (
    select * from ({{ loaded_rows('salesforce', 'user') }}) as loaded
    where loaded._version = 1
),

kinds as (
    select case when count(accounts.csm_id) > 0 then 'csm' else 'owner' end as kind
    from accounts
),

versions as (
    select
        changes.id as account_id,
        changes.csm_id,
        changes.owner_id,
        changes.version_from
    from changes
    where changes.field is null and changes.version_from is not null
    union
    select
        account_versions.id as account_id,
        account_versions.csm_id,
        account_versions.owner_id,
        account_versions.version_from
    from account_versions
    where account_versions.version_from is not null
),

numbered as (
    select
        versions.*,
        row_number() over (partition by versions.account_id order by versions.version_from) as version_number
    from versions
),

states as (
    select
        numbered.account_id,
        case when kinds.kind = 'csm' then numbered.csm_id else numbered.owner_id end as member_id,
        case when numbered.version_number = 1 then accounts.created_date else numbered.version_from end as changed_at
    from numbered
    inner join accounts
        on numbered.account_id = accounts.id
    cross join kinds
    union all
    select
        changes.account_id,
        changes.new_value as member_id,
        changes.created_date as changed_at
    from changes
    inner join kinds
        on {{ source_value('salesforce', 'account_history.field', 'changes.field') }} = kinds.kind
    left join users as old_users
        on changes.old_value = old_users.id
    left join users as new_users
        on changes.new_value = new_users.id
    where old_users.id is not null or new_users.id is not null
),

befores as (
    select
        changes.account_id,
        changes.old_value as member_id,
        row_number() over (partition by changes.account_id order by changes.created_date, changes.id) as change_number
    from changes
    inner join kinds
        on {{ source_value('salesforce', 'account_history.field', 'changes.field') }} = kinds.kind
    inner join users
        on changes.old_value = users.id
),

final as (
    select
        states.account_id,
        states.member_id,
        states.changed_at
    from states
    union all
    select
        befores.account_id,
        befores.member_id,
        accounts.created_date as changed_at
    from befores
    inner join accounts
        on befores.account_id = accounts.id
    where befores.change_number = 1
)

select * from final
