-- start - churn - contraction + expansion = end; GRR is at most 1 and at most NRR; a base without accounts has no rates.
select
    retention.window_months,
    retention.month,
    retention.segment_type,
    retention.segment
from {{ ref('fct_retention') }} as retention
where retention.starting_mrr - retention.churn_mrr - retention.contraction_mrr + retention.expansion_mrr <> retention.ending_mrr
    or retention.grr > 1
    or retention.grr > retention.nrr
    or retention.grr < 0
    or retention.retained_accounts > retention.starting_accounts
    or retention.retained_accounts + retention.paused_accounts > retention.starting_accounts
    or (retention.starting_accounts = 0 and coalesce(retention.grr, retention.nrr, retention.logo_retention) is not null)
    or (retention.starting_accounts > 0 and (retention.grr is null or retention.nrr is null or retention.logo_retention is null))
