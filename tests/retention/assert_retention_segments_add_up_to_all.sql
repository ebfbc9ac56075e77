-- Every account of a base is in one segment of each segment type, so that every type sums to the whole.
with

totals as (
    select
        retention.window_months,
        retention.month,
        retention.segment_type,
        sum(retention.starting_mrr) as starting_mrr,
        sum(retention.churn_mrr) as churn_mrr,
        sum(retention.contraction_mrr) as contraction_mrr,
        sum(retention.expansion_mrr) as expansion_mrr,
        sum(retention.ending_mrr) as ending_mrr,
        sum(retention.starting_accounts) as starting_accounts,
        sum(retention.retained_accounts) as retained_accounts,
        sum(retention.paused_accounts) as paused_accounts
    from {{ ref('fct_retention') }} as retention
    group by retention.window_months, retention.month, retention.segment_type
)

select
    totals.window_months,
    totals.month,
    totals.segment_type
from totals
inner join totals as whole
    on totals.window_months = whole.window_months
    and totals.month = whole.month
    and whole.segment_type = 'all'
where totals.starting_mrr <> whole.starting_mrr
    or totals.churn_mrr <> whole.churn_mrr
    or totals.contraction_mrr <> whole.contraction_mrr
    or totals.expansion_mrr <> whole.expansion_mrr
    or totals.ending_mrr <> whole.ending_mrr
    or totals.starting_accounts <> whole.starting_accounts
    or totals.retained_accounts <> whole.retained_accounts
    or totals.paused_accounts <> whole.paused_accounts
