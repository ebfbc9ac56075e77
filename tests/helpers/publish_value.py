"""Journeys, value, the worklist and the scorecard of the small company."""

VALUE_SQL = """
create table marts.rpt_time_to_value as
select cohort_quarter, 'low_touch' as touch_tier, milestone, count(*) as accounts,
    count(*) as achieved, 10::int as median_days, 20::int as p90_days, 0::bigint as still_open,
    0::bigint as left_before
from marts.dim_accounts
cross join (values ('first_outcome'), ('full_value')) as milestones (milestone)
where cohort_quarter is not null
group by all;

create table marts.rpt_value_realization as
select account_id, touch_tier, true as has_success_plan, 2::bigint as objectives,
    1::bigint as achieved, 1::bigint as due, 1::bigint as due_achieved,
    300::decimal(18, 2) as planned_value, 200::decimal(18, 2) as value_amount,
    100::decimal(18, 2) as validated_value, arr as cost, ((200 - arr) / arr)::double as roi
from marts.dim_accounts where mrr > 0;

create table marts.rpt_csm_worklist as
select coalesce(csm_id, 'unassigned') as csm_id,
    row_number() over (partition by csm_id order by arr desc, account_id)::int as priority_rank,
    account_id, account_name, 'Save it: health is 30.0' as why, 'call them' as action,
    tasks.due_on, 0::int as days_overdue, arr, (arr / 2)::decimal(18, 2) as arr_at_risk,
    30.0::double as health_score, null::date as renewal_on, tasks.playbook, tasks.step, trigger_id
from marts.dim_accounts
inner join marts.fct_playbook_tasks as tasks using (account_id)
where mrr > 0 and tasks.step = 'see';

create table marts.rpt_executive_scorecard as
with retention as (
    select * from marts.fct_retention where window_months = 12 and segment_type = 'all'
    qualify row_number() over (order by month desc) = 1
),
health as (
    select avg(health_score) as mean_health from marts.fct_health_scores
    where is_active_scheme
        and snapshot_date = (select max(snapshot_date) from marts.fct_health_scores)
),
figures as (
    select 'nrr' as figure, nrr as value, 1.0::double as good from retention
    union all
    select 'grr', grr, 0.9 from retention
    union all
    select 'logo_retention', logo_retention, 0.85 from retention
    union all
    select 'mean_health', mean_health, 70 from health
    union all
    select unnest(['at_risk_accounts', 'at_risk_arr']), 0, null
    union all
    select unnest(['share_stable', 'health_coverage']), 1, null
)
select figure, value, 'share' as unit, value as previous_value, 0 * value as change, good,
    null::double as great, case when value is not null and good is not null then 'good' end
    as assessment
from figures;
"""
