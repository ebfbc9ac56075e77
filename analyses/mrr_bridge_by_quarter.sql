-- How did MRR get from the start of each quarter to its end?
select
    cast(date_trunc('quarter', mrr.month) as date) as quarter,
    sum(mrr.new_mrr) as new_mrr,
    sum(mrr.reactivation_mrr) as reactivation_mrr,
    sum(mrr.expansion_mrr) as expansion_mrr,
    sum(mrr.contraction_mrr) as contraction_mrr,
    sum(mrr.churn_mrr) as churn_mrr,
    sum(mrr.closing_mrr - mrr.opening_mrr) as net_change
from {{ ref('fct_mrr_monthly') }} as mrr
where mrr.is_complete_month
group by cast(date_trunc('quarter', mrr.month) as date)
order by quarter
