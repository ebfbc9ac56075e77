-- name: tiers
select t.touch_tier
from (select distinct touch_tier from marts.rpt_scorecard_tiers where touch_tier <> '(none)') as t
left join marts.dim_labels as l
    on l.domain = 'touch_tier'
    and l.code = t.touch_tier
order by l.sort_order nulls last, t.touch_tier;

-- name: headline
select
    d.quarter,
    d.segment_type,
    d.segment,
    d.headline,
    d.note
from marts.rpt_retention_decomposition as d
where d.segment_type = case when $tier = 'all' then 'all' else 'touch_tier' end
    and d.segment = $tier
order by d.quarter desc
limit 1;

-- name: statuses
select
    s.status,
    count(*) as figures
from marts.rpt_executive_scorecard as s
where s.status is not null
group by s.status
order by case s.status when 'red' then 1 when 'yellow' then 2 else 3 end;

-- name: attention
select
    s.figure,
    s.label,
    s.section,
    s.display_value,
    s.display_good,
    s.display_change,
    s.previous_period,
    s.owner_role,
    s.note
from marts.rpt_executive_scorecard as s
where s.status = 'red'
order by s.sort_order;

-- name: sections
select s.section
from marts.rpt_executive_scorecard as s
group by s.section
order by min(s.sort_order);

-- name: figures
select
    s.figure,
    s.label,
    s.definition,
    s.period_grain,
    t.display_value,
    t.display_change,
    t.is_improvement,
    t.previous_period,
    coalesce(t.period, s.period) as period,
    s.better,
    s.display_good,
    case when $tier = 'all' then s.status end as status,
    case when $tier = 'all' then s.note end as note
from marts.rpt_executive_scorecard as s
left join marts.rpt_scorecard_tiers as t
    on s.figure = t.figure
    and t.touch_tier = $tier
where s.section = $section
order by s.sort_order;

-- name: history
select
    h.figure,
    h.month,
    h.value
from marts.rpt_scorecard_history as h
inner join marts.rpt_executive_scorecard as s
    on h.figure = s.figure
where h.touch_tier = $tier
    and s.section = $section
    and h.month > (select max(m.month) - interval 12 month from marts.rpt_scorecard_history as m)
order by s.sort_order, h.month;

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
where m.segment_type = case when $tier = 'all' then 'all' else 'touch_tier' end
    and m.segment = $tier
    and m.snapshot_date > cast($as_of as date) - interval 25 month
    and (m.is_month_end or m.snapshot_date = cast($as_of as date))
order by m.snapshot_date, m.status_rank;

-- name: moves
select
    m.month_end,
    m.previous_status,
    m.health_status,
    m.accounts,
    m.arr,
    m.reporting_currency
from marts.rpt_health_moves as m
where m.segment_type = case when $tier = 'all' then 'all' else 'touch_tier' end
    and m.segment = $tier
    and m.month_end = (select max(l.month_end) from marts.rpt_health_moves as l)
    and m.previous_status <> m.health_status
    and m.accounts > 0
order by m.arr desc, m.accounts desc;

-- name: renewals
select
    r.quarter,
    r.renewals,
    r.arr_up,
    r.secured_arr,
    r.open_arr - r.at_risk_arr as open_arr,
    r.at_risk_arr,
    r.lost_arr,
    r.outlook_arr,
    r.at_risk_accounts,
    (
        select count(*)
        from marts.fct_renewals as f
        where date_trunc('quarter', f.renewal_on) = r.quarter
            and r.touch_tier in ('all', f.touch_tier)
            and f.health_status <> 'unscored'
    ) as scored_renewals
from marts.rpt_renewal_forecast as r
where r.touch_tier = $tier
    and r.quarter = date_trunc('quarter', cast($as_of as date));

-- name: renewals_by_quarter
with

quarters as (
    select *
    from marts.rpt_renewal_forecast
    where touch_tier = $tier
        and quarter between date_trunc('quarter', cast($as_of as date)) - interval 3 month
            and date_trunc('quarter', cast($as_of as date)) + interval 6 month
),

parts as (
    select quarter, 1 as part_order, 'secured' as part, secured_arr as arr, arr_up from quarters
    union all
    select quarter, 2, 'open', open_arr - at_risk_arr, arr_up from quarters
    union all
    select quarter, 3, 'at_risk', at_risk_arr, arr_up from quarters
    union all
    select quarter, 4, 'lost', lost_arr, arr_up from quarters
)

select
    strftime(p.quarter, '%Y') || ' Q' || quarter(p.quarter) as shown_quarter,
    p.quarter,
    p.part_order,
    p.part,
    p.arr,
    cast(p.arr as double) / nullif(cast(p.arr_up as double), 0) as share_of_arr_up
from parts as p
order by p.quarter, p.part_order;

-- name: renewals_to_watch
select
    r.account_id,
    r.account_name,
    a.csm_id,
    a.csm_name,
    r.renewal_on,
    case when r.is_at_risk then 'at_risk' else r.current_outlook end as outlook,
    r.open_arr,
    r.lost_arr,
    r.health_status,
    r.calibrated_probability
from marts.fct_renewals as r
inner join marts.dim_accounts as a
    on r.account_id = a.account_id
where r.renewal_on >= date_trunc('quarter', cast($as_of as date))
    and r.renewal_on < date_trunc('quarter', cast($as_of as date)) + interval 3 month
    and $tier in ('all', r.touch_tier)
    and (r.is_at_risk or r.lost_arr > 0)
order by r.is_at_risk desc, r.open_arr desc, r.lost_arr desc, r.account_id, r.subscription_id
limit 50;

-- name: leaks
select
    l.quarter,
    l.rank,
    l.reason_category,
    l.driver,
    l.tier_scheme,
    l.tier,
    l.lost_mrr,
    l.share_of_lost,
    l.accounts
from marts.rpt_leakage_points as l
where l.segment_type = case when $tier = 'all' then 'all' else 'touch_tier' end
    and l.segment = $tier
    and l.quarter = (select max(m.quarter) from marts.rpt_retention_decomposition as m)
order by l.rank
limit 10;

-- name: memo
select
    m.decision,
    m.line,
    m.section,
    m.text,
    m.mart,
    m.figure,
    m.segment,
    m.is_met,
    m.owner_role,
    m.due_on
from marts.rpt_board_memo as m
left join marts.dim_labels as l
    on l.domain = 'board_decision'
    and l.code = m.decision
order by l.sort_order nulls last, m.decision, m.line;
