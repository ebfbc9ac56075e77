-- Which tiers lost MRR to which reasons, in the 12 months to the latest quarter's end?
select
    leakage.rank,
    leakage.tier,
    leakage.reason_category,
    leakage.driver,
    leakage.lost_mrr,
    round(100 * leakage.share_of_lost, 1) as share_percent,
    leakage.accounts
from {{ ref('rpt_leakage_points') }} as leakage
where leakage.segment_type = 'all'
    and leakage.quarter = (select max(latest.quarter) from {{ ref('rpt_leakage_points') }} as latest)
order by leakage.rank
