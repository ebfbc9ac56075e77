-- How high an occasion has gone: to the executives when health fell below their line while it was open, else to the manager when nobody
-- answered within the days of silence.
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

watched as (
    select
        triggers.trigger_id,
        triggers.account_id,
        triggers.opened_on,
        coalesce(triggers.closed_on, run_context.as_of_date) as watched_to,
        {{ add_days('triggers.opened_on', 'playbooks.silence_days') }} as silent_on,
        playbooks.executive_below
    from triggers
    inner join playbooks
        on triggers.playbook = playbooks.playbook
    cross join run_context
),

answered as (
    select distinct watched.trigger_id
    from watched
    inner join activities
        on watched.account_id = activities.account_id
        and cast(greatest(activities.completed_at, activities.scheduled_at) as date) between watched.opened_on and watched.silent_on
    where activities.status = 'completed'
),

fallen as (
    select distinct watched.trigger_id
    from watched
    inner join health_statuses
        on watched.account_id = health_statuses.account_id
        and health_statuses.snapshot_date between watched.opened_on and watched.watched_to
        and watched.executive_below > health_statuses.health_score
),

final as (
    select
        watched.trigger_id,
        case
            when fallen.trigger_id is not null then 'executive'
            when watched.silent_on <= watched.watched_to and answered.trigger_id is null then 'manager'
            else 'none'
        end as escalation_level
    from watched
    left join answered
        on watched.trigger_id = answered.trigger_id
    left join fallen
        on watched.trigger_id = fallen.trigger_id
)

select * from final
