-- Which leading indicators precede churn? It counts customers with one at a month's end that left within 3 months.
with

customers as (
    select
        ledger.account_id,
        last_day(ledger.month) as snapshot_date,
        max(case when churns.account_id is not null then 1 else 0 end) as is_lost
    from {{ ref('fct_mrr_monthly') }} as ledger
    left join {{ ref('fct_churn_events') }} as churns
        on ledger.account_id = churns.account_id
        and churns.churned_month >= cast(ledger.month + interval '1' month as date)
        and churns.churned_month <= cast(ledger.month + interval '3' month as date)
    where ledger.is_active
        and cast(ledger.month + interval '3' month as date) <= (
            select max(complete.month) from {{ ref('fct_mrr_monthly') }} as complete
            where complete.is_complete_month
        )
    group by ledger.account_id, ledger.month
),

everyone as (
    select avg(customers.is_lost) as lost_share
    from customers
)

select
    indicators.label,
    max(indicators.severity) as severity,
    count(*) as times_shown,
    sum(customers.is_lost) as times_lost,
    round(100 * avg(customers.is_lost), 1) as lost_percent,
    round(100 * max(everyone.lost_share), 1) as lost_percent_of_all,
    round(avg(customers.is_lost) / max(everyone.lost_share), 1) as lift
from customers
inner join {{ ref('fct_leading_indicators') }} as indicators
    on customers.account_id = indicators.account_id
    and customers.snapshot_date = indicators.snapshot_date
cross join everyone
group by indicators.label
order by lift desc, times_shown desc
