-- The row shows what the shares by health status sum to, where it is not the share of customers with a score.
-- The board reads the shares as a distribution, so that a missing status overstates all others.
-- Look first at int_figures_health.
with

shares as (
    select
        sum(case when scorecard.figure like 'share_%' then scorecard.value end) as status_shares,
        max(case when scorecard.figure = 'health_coverage' then scorecard.value end) as scored_share
    from {{ ref('rpt_executive_scorecard') }} as scorecard
)

select shares.*
from shares
where abs(shares.status_shares - shares.scored_share) > 1e-9
