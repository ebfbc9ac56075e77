-- The row shows what the shares by health status sum to, where it is not the share of customers with a score.
-- The board reads the shares as a distribution, so that a missing status overstates all others.
-- Look first at int_figures_health.
select
    sum(case when scorecard.figure like 'share_%' then scorecard.value end) as status_shares,
    max(case when scorecard.figure = 'health_coverage' then scorecard.value end) as scored_share
from {{ ref('rpt_executive_scorecard') }} as scorecard
having abs(
    sum(case when scorecard.figure like 'share_%' then scorecard.value end)
    - max(case when scorecard.figure = 'health_coverage' then scorecard.value end)
) > 1e-9
