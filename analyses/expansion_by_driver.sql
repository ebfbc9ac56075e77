-- Where does growth from existing customers come from?
select
    decomposition.quarter,
    decomposition.expansion_mrr,
    decomposition.expansion_seats_mrr,
    decomposition.expansion_usage_mrr,
    decomposition.expansion_upsell_mrr,
    decomposition.expansion_cross_sell_mrr,
    decomposition.expansion_price_mrr
from {{ ref('rpt_retention_decomposition') }} as decomposition
where decomposition.segment_type = 'all'
order by decomposition.quarter
