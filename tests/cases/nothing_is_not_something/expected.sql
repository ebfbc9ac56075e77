select count(*) from marts.fct_churn_events where account_id = 'zero';  -- no churn event while the contract is in force: 0
select max(churn_mrr) from marts.fct_mrr_monthly where account_id = 'zero' and month = date '2025-02-01';  -- the ledger's movement of a month at 0: 200
select max(driver) from marts.fct_mrr_movements where account_id = 'zero' and month = date '2025-04-01' and movement_type = 'reactivation';  -- its driver: free
select active_users from marts.fct_usage_monthly where account_id = 'zero_users' and month = date '2025-06-01';  -- rows without events make nobody active: 1
select active_days from marts.fct_usage_monthly where account_id = 'zero_users' and month = date '2025-06-01';  -- nor a day: 1
