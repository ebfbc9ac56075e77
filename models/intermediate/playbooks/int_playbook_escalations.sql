-- A trigger escalates to executives if health with enough evidence fell below executive_below since its latest opening,
-- otherwise to the manager if no activity was completed within silence_days of it.
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

run_context as (
    select * from {{ ref('int_run_context') }}
),

open_periods as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.last_opened_on,
        coalesce(triggers.closed_on, run_context.as_of_date) as open_to,
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

final as (
    select
        open_periods.trigger_id,
        case
            when fallen.trigger_id is not null then 'executive'
            when open_periods.silent_on <= open_periods.open_to and answered.trigger_id is null then 'manager'
            else 'none'
        end as escalation_level
    from open_periods
    left join answered
        on open_periods.trigger_id = answered.trigger_id
    left join fallen
        on open_periods.trigger_id = fallen.trigger_id
)

select * from final
