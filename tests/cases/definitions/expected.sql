select status from marts.dim_accounts where account_id = 'short';  -- who paid and left within a month: churned
select customer_since from marts.dim_accounts where account_id = 'short';  -- since when: 2025-02-03
select count(*) from marts.fct_churn_events where account_id = 'short';  -- no month ended with MRR: 0
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'coupons';  -- a discount above the price bills 0: 0 or null
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'listprice';  -- rejected items bring no list price back: 0 or null
