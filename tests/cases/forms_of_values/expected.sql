select max(closing_mrr) from marts.fct_mrr_monthly where account_id = '71' and month = date '2025-03-01';  -- MRR of the month that ended at 23:59:59 of its last day: 100
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = '71' and month = date '2025-04-01';  -- MRR of the month after: 0
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = '72' and month = date '2025-04-01';  -- an offset after a space: 0
select account_name from marts.dim_accounts where account_id = '72';  -- marks that nobody sees are no part of a name: Forms Two
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = '73';  -- 1.0 is true, and a trial carries no MRR: null
select count(*) from marts.dim_accounts where account_id in ('71', '72', '73', '74');  -- epochs, floats and offsets are read: 4
select account_name from marts.dim_accounts where account_id = '74';  -- a text may begin with a word for nothing: NULL and void
select values_nulled from quality.dq_invalid_values where table_name = 'subscriptions' and column_name = 'mrr_amount';  -- 1_000 is no number: 1
select count(*) from quality.dq_invalid_values where table_name = 'subscriptions' and column_name in ('seats', 'ended_on', 'is_trial', 'started_on');  -- words for nothing are absent, not invalid: 0
