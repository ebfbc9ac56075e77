-- How large, full and healthy is each CSM's book, and how much of it is up for renewal?
select
    coalesce(books.csm_name, books.csm_id) as csm,
    books.investment_tier,
    books.accounts,
    books.arr,
    round(100 * books.utilization, 0) as full_percent,
    round(books.mean_health, 1) as mean_health,
    books.at_risk_arr,
    books.renewals_90d,
    books.renewals_90d_arr,
    round(100 * books.book_grr, 1) as grr_percent,
    round(100 * books.book_nrr, 1) as nrr_percent
from {{ ref('rpt_csm_books') }} as books
order by books.arr desc
