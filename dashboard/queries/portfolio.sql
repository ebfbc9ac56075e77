-- name: schemes
select distinct tier_scheme
from marts.rpt_segment_performance
order by
    case tier_scheme when 'touch_tier' then 0 when 'investment_tier' then 1 when 'arr_tier' then 2 else 3 end,
    tier_scheme;

-- name: totals
select
    sum(c.accounts) as accounts,
    sum(c.arr) as arr,
    sum(c.cost_to_serve) as cost_to_serve,
    sum(c.cost_to_serve) / nullif(sum(c.arr), 0) as cost_to_serve_rate,
    sum(c.unassigned_accounts) as unassigned_accounts,
    sum(c.unassigned_arr) as unassigned_arr,
    sum(c.effective_csm_count) as effective_csm_count,
    sum(c.required_csms) as required_csms,
    count(c.effective_csm_count) > 0 as has_team,
    count(*) filter (where c.should_hire) as tiers_to_hire_for,
    (select count(*) from marts.rpt_account_review) as accounts_to_review,
    (select sum(r.arr) from marts.rpt_account_review as r) as arr_to_review
from marts.rpt_coverage_capacity as c;

-- name: scorecard
select figure, previous_value, previous_period, change, is_improvement
from marts.rpt_executive_scorecard
where figure in ('arr', 'customers', 'cost_to_serve', 'csm_utilization');

-- name: segments
select *
from marts.rpt_segment_performance
where tier_scheme = $scheme
order by tier_rank;

-- name: transitions_by_month
select
    t.month,
    t.direction,
    t.is_complete_month,
    count(*) as accounts
from marts.fct_segment_transitions as t
where t.scheme = $scheme
    and t.month > (
        select max(d.month) - interval 24 month
        from marts.dim_dates as d
        where d.date_day = cast($as_of_date as date)
    )
group by all
order by t.month, t.direction;

-- name: transitions_between
select
    t.from_tier,
    t.to_tier,
    t.direction,
    count(*) as accounts
from marts.fct_segment_transitions as t
where t.scheme = $scheme
    and t.month > (
        select max(d.month) - interval 12 month
        from marts.dim_dates as d
        where d.date_day = cast($as_of_date as date)
    )
group by all
order by accounts desc, t.from_tier, t.to_tier;

-- name: transitions_latest
select
    t.month,
    t.account_id,
    t.account_name,
    t.from_tier,
    t.to_tier,
    t.direction,
    t.reason,
    a.csm_id,
    a.csm_name,
    a.arr,
    a.health_status
from marts.fct_segment_transitions as t
inner join marts.dim_accounts as a
    on t.account_id = a.account_id
where t.scheme = $scheme
    and t.is_standing
    and $direction in ('all', t.direction)
order by t.month desc, a.arr desc, t.account_id
limit 100;

-- name: reviews_by_action
select
    action,
    count(*) as accounts,
    sum(arr) as arr
from marts.rpt_account_review
group by action
order by arr desc;

-- name: reviews
select
    r.account_id,
    r.account_name,
    r.action,
    r.arr,
    r.cost_to_serve_rate,
    r.cost_target_high,
    r.touch_tier,
    a.csm_id,
    a.csm_name,
    a.next_renewal_on,
    r.cost_to_serve_12m,
    r.support_cost_12m,
    r.criteria_met,
    r.reasons
from marts.rpt_account_review as r
inner join marts.dim_accounts as a
    on r.account_id = a.account_id
where $action in ('all', r.action)
order by r.criteria_met desc, r.arr desc, r.account_id;

-- name: capacity
select *
from marts.rpt_coverage_capacity
order by tier_rank;

-- name: books
select
    b.csm_id,
    coalesce(b.csm_name, case b.csm_id when '(none)' then 'Without a CSM' else b.csm_id end) as csm_name,
    b.role,
    b.investment_tier,
    b.is_active,
    b.ramped_share,
    b.accounts,
    b.arr,
    b.account_utilization,
    b.arr_utilization,
    b.utilization,
    b.utilization > 1 as is_too_large,
    b.mean_health,
    b.at_risk_arr,
    b.renewals_90d,
    b.renewals_90d_arr,
    b.book_grr,
    b.book_nrr,
    b.backlog_accounts
from marts.rpt_csm_books as b
order by b.utilization desc nulls last, b.arr desc, b.csm_id;

-- name: compliance
select
    p.playbook,
    p.month,
    p.compliance,
    p.target,
    p.is_on_target,
    p.basis,
    p.tasks,
    p.exits,
    p.overdue,
    p.median_days_to_complete
from marts.rpt_playbook_compliance as p
where p.month = (
        select max(m.month)
        from marts.rpt_playbook_compliance as m
        where m.is_complete_month
    )
order by p.compliance nulls last, p.playbook;

-- name: plan
select
    p.investment_tier,
    p.month,
    p.accounts,
    p.arr,
    p.required_csms,
    p.binding,
    p.hires,
    p.csm_count,
    p.gap,
    p.cost,
    p.team_cost
from marts.rpt_org_plan as p
where p.scenario = $scenario
order by p.month, p.tier_rank;

-- name: plan_totals
select
    min(p.month) as first_month,
    max(p.month) as last_month,
    sum(p.required_csms_today) filter (where p.horizon = 1) as required_csms_today,
    sum(p.csm_count_today) filter (where p.horizon = 1) as csm_count_today,
    max_by(p.all_required_csms, p.month) as required_csms,
    sum(p.hires) as hires,
    min(p.month) filter (where p.hires > 0) as first_hire,
    max(p.all_cost_today) as cost_today,
    max_by(p.all_cost, p.month) as cost
from marts.rpt_org_plan as p
where p.scenario = $scenario;

-- name: plan_tiers
select
    p.investment_tier,
    p.role,
    p.accounts_today,
    p.accounts,
    p.arr_today,
    p.arr,
    p.csm_count_today,
    p.required_csms_today,
    p.required_csms,
    p.binding,
    sum(p.hires) over (partition by p.investment_tier) as hires,
    min(case when p.hires > 0 then p.month end) over (partition by p.investment_tier) as first_hire,
    p.manager_reason,
    p.cost_today,
    p.cost,
    p.acquisition_source
from marts.rpt_org_plan as p
where p.scenario = $scenario
qualify p.horizon = max(p.horizon) over ()
order by p.tier_rank;

-- name: organization
select
    o.topic,
    o.label,
    o.display_value,
    o.range,
    o.verdict,
    o.met_since,
    o.people_in_role,
    o.rule,
    o.unblocks
from marts.rpt_org_stage as o
order by o.sort_order;

-- name: attainment
select
    a.csm_id,
    coalesce(a.csm_name, a.csm_id) as csm_name,
    a.investment_tier,
    a.is_hired_in_year,
    a.attainment,
    a.weight_known,
    a.book_grr,
    a.book_grr_target,
    a.book_nrr,
    a.book_nrr_target,
    a.expansion_influenced,
    a.expansion_influenced_target,
    a.mean_health,
    a.mean_health_target,
    a.renewal_rate,
    a.renewal_rate_target
from marts.rpt_csm_attainment as a
order by a.attainment desc nulls last, a.csm_id;

-- name: measured_roles
select m.role
from marts.rpt_metrics_by_role as m
left join marts.dim_labels as l
    on l.domain = 'role'
    and l.code = m.role
group by m.role, l.sort_order
order by l.sort_order nulls last, m.role;

-- name: metrics_by_role
select
    m.label,
    m.section,
    m.importance,
    m.display_value,
    m.display_target,
    m.verdict,
    m.owner_role
from marts.rpt_metrics_by_role as m
where m.role = $role
order by m.sort_order, m.figure;
