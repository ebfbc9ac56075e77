-- A row is a trigger that opened by health, though the account's health lacked evidence on that day.
-- A CSM would be sent to an account that too little is known about.
-- Look first at int_playbook_judgements, then at the model of the playbook in intermediate/playbooks/triggers.
with

triggers as (
    select * from {{ ref('fct_playbook_triggers') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
)

select
    triggers.account_id,
    triggers.playbook,
    triggers.last_opened_on,
    triggers.evidence,
    health_statuses.coverage
from triggers
inner join health_statuses
    on triggers.account_id = health_statuses.account_id
    and triggers.last_opened_on = health_statuses.snapshot_date
where health_statuses.evidenced_score is null
    and (
        triggers.playbook in ('low_adoption', 'expansion', 'advocacy')
        or (triggers.playbook = 'at_risk' and triggers.evidence like 'health is %')
    )
