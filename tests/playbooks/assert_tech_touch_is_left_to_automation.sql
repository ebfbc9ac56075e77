-- A row is a CSM's task of a tech-touch account, though its playbook is not at_risk and no health upgrade was in force.
-- Tech touch is served by automation, and a CSM's time for it is in no plan of coverage.
-- Look first at playbook_steps.csv, then at steps_tier in int_account_tier_periods.
with

tasks as (
    select * from {{ ref('fct_playbook_tasks') }}
),

triggers as (
    select * from {{ ref('fct_playbook_triggers') }}
),

segments as (
    select * from {{ ref('fct_account_segments') }}
)

select
    tasks.trigger_id,
    tasks.playbook,
    tasks.step,
    tasks.due_on,
    triggers.opened_on,
    segments.month
from tasks
inner join triggers
    on tasks.trigger_id = triggers.trigger_id
left join segments
    on triggers.account_id = segments.account_id
    and triggers.opened_on >= last_day(segments.month)
    and triggers.opened_on < last_day(cast(segments.month + interval '1' month as date))
where tasks.owner_role = 'csm'
    and triggers.touch_tier = 'tech_touch'
    and tasks.playbook <> 'at_risk'
    and not coalesce(segments.is_temporary_upgrade, false)
