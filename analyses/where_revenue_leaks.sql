-- Which tiers lose MRR to which reasons?
select
    leakage.rank,
    leakage.tier,
    leakage.reason_category,
    leakage.driver,
    leakage.lost_mrr,
    round(100 * leakage.share_of_lost, 1) as share_percent,
    leakage.accounts
from {{ ref('rpt_leakage_points') }} as leakage
order by leakage.rank
