select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'versions' and month = date '2025-03-01';  -- MRR before the version with the end: 280
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'versions' and month = date '2025-04-01';  -- MRR after it: 30
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'versions' and month = date '2025-05-01';  -- MRR after two changes on one day: 120
select seats from marts.dim_accounts where account_id = 'versions';  -- seats after two changes on one day: 12
select account_name from marts.dim_accounts where account_id = 'versions';  -- the name loaded last: New Name
