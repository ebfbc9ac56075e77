-- Why did customers leave, year by year, and how much of it could have been prevented?
select
    extract(year from churns.churned_on) as year,
    churns.reason_category,
    count(*) as churns,
    sum(churns.churned_mrr) as churned_mrr,
    max(churns.is_preventable) as is_preventable
from {{ ref('fct_churn_events') }} as churns
group by extract(year from churns.churned_on), churns.reason_category
order by year asc, churned_mrr desc
