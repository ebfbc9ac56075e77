-- Objectives that were achieved of late, and departments in use: enough of them, or more than window_days before. A
-- first department is no growth. None of these enters the touch score.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

objectives as (
    select * from {{ ref('int_objectives_known') }}
),

usage_departments as (
    select * from {{ ref('int_usage_departments') }}
),

expansion_signals as (
    select * from {{ ref('policy_expansion_signals') }}
),

achievements as (
    select
        customers.snapshot_date,
        customers.account_id,
        expansion_signals.signal,
        expansion_signals.threshold,
        count(*) as objectives,
        max(objectives.achieved_on) as latest_on
    from customers
    inner join expansion_signals
        on expansion_signals.signal = 'value_achieved'
    inner join objectives
        on customers.account_id = objectives.account_id
        and customers.snapshot_date >= objectives.created_on
        and {{ in_window('objectives.achieved_on', 'customers.snapshot_date', 'expansion_signals.window_days') }}
    group by
        customers.snapshot_date, customers.account_id, expansion_signals.signal, expansion_signals.threshold
),

departments as (
    select
        usage_departments.snapshot_date,
        usage_departments.account_id,
        expansion_signals.signal,
        usage_departments.departments,
        usage_departments.departments >= expansion_signals.threshold as is_wide,
        coalesce(
            usage_departments.earlier_departments > 0
            and usage_departments.departments - usage_departments.earlier_departments >= expansion_signals.growth,
            false
        ) as is_growing,
        usage_departments.departments - usage_departments.earlier_departments as added,
        expansion_signals.window_days
    from usage_departments
    inner join expansion_signals
        on expansion_signals.signal = 'departments_active'
),

final as (
    select
        achievements.snapshot_date,
        achievements.account_id,
        achievements.signal,
        case achievements.objectives
            when 1 then 'an objective achieved on '
            else cast(achievements.objectives as string) || ' objectives achieved, the latest on '
        end || cast(achievements.latest_on as string) as evidence
    from achievements
    where achievements.objectives >= achievements.threshold
    union all
    select
        departments.snapshot_date,
        departments.account_id,
        departments.signal,
        'active users in ' || cast(departments.departments as string)
        || case departments.departments when 1 then ' department' else ' departments' end
        || case
            when departments.is_growing
                then ', ' || cast(departments.added as string) || ' more than '
                    || cast(departments.window_days as string) || ' days before'
            else ''
        end as evidence
    from departments
    where departments.is_wide
        or departments.is_growing
)

select * from final
