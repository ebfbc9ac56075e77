"""Playbooks of the small company: every account has one, begun today."""

PLAYBOOKS_SQL = """
create table marts.fct_playbook_triggers as
select account_id || '-1' as trigger_id, account_id, 'at_risk' as playbook,
    as_of_date - 10 as opened_on, null::date as closed_on, true as is_open,
    false as is_provisional, 'health is 30.0' as evidence, csm_id as owner_id,
    'low_touch' as touch_tier, 'none' as escalation_level, 'health is back' as exit_condition
from marts.dim_accounts cross join intermediate.int_run_context where mrr > 0;

create table marts.fct_playbook_tasks as
select trigger_id, step, account_id, playbook, (opened_on + day)::date as due_on, owner_id,
    'csm' as owner_role, 'call' as channel, 'call them' as action, is_provisional, status,
    case when status = 'done' then (opened_on + day)::date end as completed_on,
    0::bigint as days_overdue, null::varchar as task_id
from marts.fct_playbook_triggers
cross join (values ('call', 0, 'done'), ('ask', 3, null), ('see', 20, 'open'))
    as steps (step, day, status);

create table marts.rpt_playbook_compliance as
select playbook, date_trunc('month', due_on)::date as month, true as is_complete_month,
    count(*) as tasks, count(*) filter (status = 'done') as on_time, 0::bigint as late,
    0::bigint as skipped, 0::bigint as overdue, count(*) filter (status = 'open') as still_open,
    count(*) filter (status is null) as not_recorded,
    case when count(*) filter (status = 'done') > 0 then 1.0::double end as compliance,
    case when count(*) filter (status = 'done') > 0 then 1.0::double end as completion_rate,
    case when count(*) filter (status = 'done') > 0 then 0.0::double end as skipped_rate,
    null::double as target, 0.1::double as max_skipped, null::boolean as is_on_target
from marts.fct_playbook_tasks group by playbook, month;
"""
