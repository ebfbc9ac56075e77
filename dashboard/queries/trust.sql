-- name: totals
select
    sum(r.raw_rows) as raw_rows,
    sum(r.accepted_rows) as accepted_rows,
    sum(r.duplicate_rows) as duplicate_rows,
    sum(r.rejected_rows) as rejected_rows,
    sum(r.difference) as difference,
    sum(r.rejected_rows) / nullif(sum(r.raw_rows), 0) as rejected_share,
    count(*) filter (where r.is_present) as tables_present,
    count(*) as tables_known,
    (select coalesce(sum(v.values_nulled), 0) from quality.dq_invalid_values as v) as values_nulled,
    (select count(*) from quality.dq_invalid_values) as columns_with_unused_values
from quality.dq_reconciliation as r;

-- name: systems
select distinct source_system
from quality.dq_reconciliation
order by source_system;

-- name: reconciliation
select *
from quality.dq_reconciliation
where is_present
    and $system in ('all', source_system)
order by rejected_rows desc, raw_rows desc, table_name;

-- name: missing_tables
select table_name
from quality.dq_reconciliation
where not is_present
    and $system in ('all', source_system)
order by table_name;

-- name: rejections_by_rule
select
    source_system,
    split_part(reason, ':', 1) as rule,
    count(*) as rejected_rows
from quality.dq_rejected_rows
where $system in ('all', source_system)
group by all
order by rejected_rows desc, rule, source_system;

-- name: rejections
select
    source_system,
    table_name,
    split_part(reason, ':', 1) as rule,
    split_part(reason, ':', 2) as column_name,
    count(*) as rejected_rows,
    min(row_key) as row_key
from quality.dq_rejected_rows
where $system in ('all', source_system)
group by all
order by rejected_rows desc, table_name, rule, column_name;

-- name: unused_values
select
    source_system,
    table_name,
    column_name,
    values_given,
    values_nulled,
    placeholder_values,
    is_held_to_limit,
    example,
    example_row
from quality.dq_invalid_values
where $system in ('all', source_system)
order by is_held_to_limit desc, values_nulled desc, table_name, column_name;

-- name: freshness
with

latest as (
    select 'fct_mrr_movements' as mart, 'month' as date_column, count(*) as facts, max(month) as latest_on
    from marts.fct_mrr_movements
    union all
    select 'fct_invoices', 'issued_on', count(*), max(issued_on) from marts.fct_invoices
    union all
    select 'fct_usage_monthly', 'month', count(*), max(month) from marts.fct_usage_monthly
    where logins > 0 or feature_events > 0 or active_users > 0
    union all
    select 'fct_tickets', 'created_at', count(*), cast(max(created_at) as date) from marts.fct_tickets
    union all
    select 'fct_activities', 'completed_on', count(completed_on), max(completed_on) from marts.fct_activities
    union all
    select 'fct_opportunities', 'created_on', count(*), max(created_on) from marts.fct_opportunities
    union all
    select 'fct_success_objectives', 'created_on', count(*), max(created_on) from marts.fct_success_objectives
    union all
    select 'fct_survey_answers', 'answered_on', count(*), max(answered_on) from marts.fct_survey_answers
    union all
    select 'fct_health_scores', 'snapshot_date', count(*), max(snapshot_date) from marts.fct_health_scores
)

select
    mart,
    date_column,
    facts,
    latest_on,
    cast($as_of_date as date) - latest_on as days_before
from latest
order by mart;

-- name: runs
select
    run_id,
    finished_at,
    command,
    outcome,
    as_of_date,
    raw_source,
    mart_rows,
    rejected_rows,
    restated_figures,
    message
from quality.runs
order by started_at desc, run_id desc
limit 100;

-- name: runs_by_outcome
select
    count(*) as runs,
    count(*) filter (where exit_code <> 0) as runs_not_done,
    max(finished_at) filter (where exit_code <> 0) as latest_not_done,
    count(*) filter (where outcome = 'published') as publishes
from quality.runs;

-- name: restatements_by_month
select
    table_name,
    month,
    count(*) as restatements
from quality.rpt_restatements
group by all
order by month, table_name;

-- name: restatements
select
    published_at,
    table_name,
    figure,
    month,
    previous_value,
    new_value,
    change
from quality.rpt_restatements
order by published_at desc, abs(change) desc, table_name, figure, month
limit 200;

-- name: horizons
select distinct horizon_days
from marts.rpt_health_validation
order by horizon_days;

-- name: tiers
select distinct touch_tier
from marts.rpt_health_validation
order by case touch_tier when 'all' then 0 else 1 end, touch_tier;

-- name: health_validation
select *
from marts.rpt_health_validation
where horizon_days = cast($horizon as integer)
    and touch_tier = $tier
order by is_active_scheme desc, scheme;

-- name: churn_rates
select
    c.band,
    c.lowest_score,
    c.highest_score,
    c.observations,
    c.churns,
    c.churn_rate,
    c.scheme
from marts.rpt_health_churn_rates as c
inner join marts.rpt_health_validation as v
    on c.scheme = v.scheme
    and c.touch_tier = v.touch_tier
    and c.horizon_days = v.horizon_days
where v.is_active_scheme
    and c.horizon_days = cast($horizon as integer)
    and c.touch_tier = $tier
    and c.band_type = 'status'
order by c.lowest_score desc;

-- name: indicator_validation
select *
from marts.rpt_indicator_validation
where horizon_days = cast($horizon as integer)
    and touch_tier = $tier
order by lift desc nulls last, indicator;
