-- A row is a low-touch renewal with more than one task of a CSM on days without elevated risk.
-- Such a renewal is an automated sequence with one check-in. The rest of the plan is for renewals at risk.
-- Look first at the column needs of playbook_steps.csv, then at int_playbook_step_risks.
with

tasks as (
    select * from {{ ref('fct_playbook_tasks') }}
),

triggers as (
    select * from {{ ref('fct_playbook_triggers') }}
)

select
    tasks.trigger_id,
    tasks.account_id,
    count(*) as tasks,
    min(tasks.step) as first_step,
    max(tasks.step) as last_step
from tasks
inner join triggers
    on tasks.trigger_id = triggers.trigger_id
where tasks.playbook = 'renewal'
    and triggers.steps_tier = 'low_touch'
    and tasks.owner_role = 'csm'
    and tasks.risk_level = 'none'
group by tasks.trigger_id, tasks.account_id
having count(*) > 1
