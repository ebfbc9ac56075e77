-- Drivers sum to expansion, rates to one another, and the leakage points to what the latest 12 months lost.
with

latest as (
    select retention.*
    from {{ ref('fct_retention') }} as retention
    inner join {{ ref('int_run_context') }} as run_context
        on retention.month = run_context.last_complete_month
    where retention.window_months = 12
        and retention.segment_type = 'all'
),

leaks as (
    select coalesce(sum(leakage.lost_mrr), 0) as lost_mrr
    from {{ ref('rpt_leakage_points') }} as leakage
)

select
    'drivers' as law,
    cast(decomposition.quarter as string) || ' ' || decomposition.segment_type || ' ' || decomposition.segment as place
from {{ ref('rpt_retention_decomposition') }} as decomposition
where decomposition.expansion_seats_mrr + decomposition.expansion_usage_mrr + decomposition.expansion_upsell_mrr
    + decomposition.expansion_cross_sell_mrr + decomposition.expansion_price_mrr + decomposition.expansion_downgrade_mrr
    + decomposition.expansion_product_drop_mrr + decomposition.expansion_pause_mrr <> decomposition.expansion_mrr
    or abs(1 - decomposition.churn_rate - decomposition.contraction_rate - decomposition.grr) > 0.000000001
    or abs(decomposition.grr + decomposition.expansion_rate - decomposition.nrr) > 0.000000001
union all
select
    'leakage' as law,
    cast(latest.month as string) as place
from latest
cross join leaks
where latest.churn_mrr + latest.contraction_mrr <> leaks.lost_mrr
