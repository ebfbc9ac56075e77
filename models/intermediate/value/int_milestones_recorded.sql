-- The day of each milestone that the company records, and the start of the records.
-- The first login and the first action come from usage if the company records none.
with

milestones as (
    select * from {{ ref('stg_product__milestones') }}
),

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

journeys as (
    select * from {{ ref('int_journeys_begun') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

from_records as (
    select
        milestones.account_id,
        milestones.milestone,
        min(cast(milestones.achieved_at as date)) as reached_on
    from milestones
    inner join run_context
        on cast(milestones.achieved_at as date) <= run_context.as_of_date
    group by milestones.account_id, milestones.milestone
),

from_usage as (
    select
        account_days.account_id,
        'first_login' as milestone,
        min(account_days.usage_on) as reached_on
    from account_days
    where account_days.is_active
        and account_days.logins > 0
    group by account_days.account_id
    union all
    select
        account_days.account_id,
        'first_action' as milestone,
        min(account_days.usage_on) as reached_on
    from account_days
    where account_days.is_active
        and account_days.feature_events > 0
    group by account_days.account_id
),

-- A journey that began before has an unknown wait.
records_began as (
    select min(journeys.started_on) as began_on
    from journeys
    inner join from_records
        on journeys.account_id = from_records.account_id
),

usage_began as (
    select min(account_days.usage_on) as began_on
    from account_days
),

milestones_on_record as (
    select distinct from_records.milestone
    from from_records
),

final as (
    select
        from_records.account_id,
        from_records.milestone,
        from_records.reached_on,
        records_began.began_on as recorded_from
    from from_records
    cross join records_began
    union all
    select
        from_usage.account_id,
        from_usage.milestone,
        from_usage.reached_on,
        usage_began.began_on as recorded_from
    from from_usage
    cross join usage_began
    left join milestones_on_record
        on from_usage.milestone = milestones_on_record.milestone
    where milestones_on_record.milestone is null
)

select * from final
