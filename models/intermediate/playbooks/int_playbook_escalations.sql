-- The highest level that holds: silence_days without a completed activity, health with enough evidence below
-- executive_below since the latest opening, or an alarm of the account where the playbook reaches executives.
-- An open trigger has the alarms of today, a closed one those of its days.
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

activities as (
    select * from {{ ref('stg_crm__activities') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

alarms as (
    select * from {{ ref('int_account_alarms') }}
),

escalation_levels as (
    select * from {{ ref('policy_escalation_levels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

open_periods as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.last_opened_on,
        coalesce(triggers.closed_on, run_context.as_of_date) as open_to,
        case when triggers.closed_on is null then run_context.as_of_date else triggers.last_opened_on end
            as alarmed_from,
        {{ add_days('triggers.last_opened_on', 'playbooks.silence_days') }} as silent_on,
        playbooks.executive_below
    from triggers
    inner join playbooks
        on triggers.playbook = playbooks.playbook
    cross join run_context
),

answered as (
    select distinct open_periods.trigger_id
    from open_periods
    inner join activities
        on open_periods.account_id = activities.account_id
        and cast(greatest(activities.completed_at, activities.scheduled_at) as date)
        between open_periods.last_opened_on and open_periods.silent_on
    where activities.status = 'completed'
),

fallen as (
    select distinct open_periods.trigger_id
    from open_periods
    inner join health_statuses
        on open_periods.account_id = health_statuses.account_id
        and health_statuses.snapshot_date between open_periods.last_opened_on and open_periods.open_to
        and open_periods.executive_below > health_statuses.evidenced_score
),

reached as (
    select
        open_periods.trigger_id,
        'none' as escalation_level
    from open_periods
    union all
    select
        open_periods.trigger_id,
        'manager' as escalation_level
    from open_periods
    left join answered
        on open_periods.trigger_id = answered.trigger_id
    where open_periods.silent_on <= open_periods.open_to
        and answered.trigger_id is null
    union all
    select
        fallen.trigger_id,
        'executive' as escalation_level
    from fallen
    union all
    select
        open_periods.trigger_id,
        alarms.escalation_level
    from open_periods
    inner join alarms
        on open_periods.account_id = alarms.account_id
        and open_periods.open_to >= alarms.holds_from
        and open_periods.alarmed_from < alarms.holds_to
    where open_periods.executive_below is not null
),

final as (
    select
        reached.trigger_id,
        max_by(escalation_levels.escalation_level, escalation_levels.escalation_rank) as escalation_level
    from reached
    inner join escalation_levels
        on reached.escalation_level = escalation_levels.escalation_level
    group by reached.trigger_id
)

select * from final
