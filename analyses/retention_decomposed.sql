-- How much was retained, lost and added behind NRR, for the latest quarter, by ARR tier?
select
    decomposition.segment_label,
    decomposition.starting_accounts,
    decomposition.starting_mrr,
    round(100 * decomposition.grr, 1) as grr_percent,
    round(100 * decomposition.nrr, 1) as nrr_percent,
    round(100 * decomposition.logo_retention, 1) as logo_percent,
    round(100 * decomposition.churn_rate, 1) as churn_percent,
    round(100 * decomposition.contraction_rate, 1) as contraction_percent,
    round(100 * decomposition.expansion_rate, 1) as expansion_percent,
    decomposition.verdict,
    decomposition.cohort_trend
from {{ ref('rpt_retention_decomposition') }} as decomposition
where decomposition.quarter = (select max(latest.quarter) from {{ ref('rpt_retention_decomposition') }} as latest)
    and decomposition.segment_type in ('all', 'arr_tier')
order by decomposition.starting_mrr desc
