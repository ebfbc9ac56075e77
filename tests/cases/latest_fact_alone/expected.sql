-- --vars '{"run_date": "2025-07-01"}'
select max(as_of_date) from quality.dq_reconciliation cross join intermediate.int_run_context;  -- the end of the pause is the latest fact: 2024-12-31
select sum(closing_mrr) from marts.fct_mrr_monthly where month = date '2024-12-01';  -- MRR of the last month: 40
select max(churned_on) from marts.fct_churn_events where account_id = 'facts_b';  -- the end is known: 2024-10-01
