-- How do exchange rates change reported MRR, month by month?
select
    mrr.month,
    sum(mrr.closing_mrr) as mrr_at_constant_rates,
    sum(mrr.reported_closing_mrr) as mrr_as_reported,
    sum(mrr.reported_closing_mrr - mrr.closing_mrr) as fx_effect
from {{ ref('fct_mrr_monthly') }} as mrr
group by mrr.month
order by mrr.month
