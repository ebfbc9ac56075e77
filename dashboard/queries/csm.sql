-- name: books
select
    b.csm_id,
    b.csm_name,
    b.role,
    b.is_active,
    b.accounts,
    b.arr,
    b.utilization,
    b.mean_health,
    b.at_risk_arr,
    b.renewals_90d,
    b.renewals_90d_arr,
    b.book_grr,
    b.book_nrr,
    b.now_lines,
    b.this_week_lines,
    b.cut_lines,
    b.backlog_accounts
from marts.rpt_csm_books as b
order by b.csm_id = '(none)', b.csm_name nulls last, b.csm_id;

-- name: playbooks
select distinct
    w.playbook,
    l.sort_order
from marts.rpt_csm_worklist as w
left join marts.dim_labels as l
    on l.domain = 'playbook'
    and l.code = w.playbook
where w.csm_id = $csm
    and w.playbook is not null
order by l.sort_order nulls last, w.playbook;

-- name: worklist
select
    w.priority_rank,
    w.band,
    w.fact,
    w.account_id,
    w.account_name,
    w.why,
    w.action,
    w.due_on,
    w.days_overdue,
    w.arr,
    w.arr_at_risk,
    w.health_score,
    w.health_status,
    a.health_trend,
    w.renewal_on,
    w.playbook,
    w.risk_level,
    w.risk_action,
    w.risk_owner_role,
    w.escalation_level
from marts.rpt_csm_worklist as w
inner join marts.dim_accounts as a
    on w.account_id = a.account_id
where w.csm_id = $csm
    and $playbook in ('all', w.playbook)
    and (not $overdue or w.days_overdue > 0)
order by w.priority_rank;

-- name: health_mix
select
    m.snapshot_date,
    case when m.is_month_end then strftime(m.snapshot_date, '%Y-%m') else strftime(m.snapshot_date, '%Y-%m-%d') end
        as shown_date,
    m.health_status,
    m.status_rank,
    m.accounts,
    m.arr,
    m.accounts / nullif(sum(m.accounts) over (partition by m.snapshot_date), 0) as share_of_accounts,
    cast(m.arr as double) / nullif(sum(cast(m.arr as double)) over (partition by m.snapshot_date), 0) as share_of_arr
from marts.rpt_health_mix as m
where m.segment_type = 'csm'
    and m.segment = $csm
    and m.snapshot_date > cast($as_of as date) - interval 13 month
    and (m.is_month_end or m.snapshot_date = cast($as_of as date))
order by m.snapshot_date, m.status_rank;

-- name: renewals
-- The first renewals_90d accounts by date are those that the book counts.
with

due as (
    select
        account_id,
        renewal_on,
        sum(arr_up) as arr_up
    from marts.fct_renewals
    group by account_id, renewal_on
)

select
    a.account_id,
    a.account_name,
    a.next_renewal_on,
    due.arr_up,
    a.renewal_probability,
    a.renewal_risk_level,
    a.health_status,
    a.health_trend
from marts.dim_accounts as a
inner join marts.rpt_csm_books as b
    on a.csm_id = b.csm_id
left join due
    on a.account_id = due.account_id
    and a.next_renewal_on = due.renewal_on
where a.csm_id = $csm
    and a.next_renewal_on is not null
    and a.mrr > 0
qualify row_number() over (order by a.next_renewal_on, a.account_id) <= b.renewals_90d
order by a.next_renewal_on, a.account_id;

-- name: known
select
    count(*) filter (where a.is_dark) as dark_accounts,
    count(a.is_dark) as judged_accounts,
    count(a.next_renewal_on) as dated_accounts,
    count(*) filter (where a.health_status <> 'unscored') as scored_accounts,
    (select count(*) from marts.fct_activities) as activities
from marts.dim_accounts as a
where a.csm_id = $csm
    and a.mrr > 0;

-- name: dark
select
    a.account_id,
    a.account_name,
    a.last_touch_on,
    a.days_since_touch,
    a.touch_tier,
    a.arr,
    a.health_status,
    a.next_renewal_on
from marts.dim_accounts as a
where a.csm_id = $csm
    and a.is_dark
order by a.arr desc, a.account_id;

-- name: accounts
select
    a.account_id,
    a.account_name,
    a.arr,
    a.health_status,
    a.health_score,
    a.health_trend,
    a.touch_tier,
    a.lifecycle_stage,
    a.next_renewal_on,
    a.days_since_touch,
    a.open_tickets
from marts.dim_accounts as a
where a.csm_id = $csm
    and a.mrr > 0
order by a.arr desc, a.account_id;
