select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'bounds' and month = date '2025-06-01';  -- a discount of 150 % is not used, and a telephone number is no amount: 75
select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'bounds_rate' and month = date '2025-06-01';  -- the latest rate above 0 holds: 500
select reason from quality.dq_rejected_rows where row_key = 'bounds_large';  -- the amount is named: out_of_range:mrr_amount
select reason from quality.dq_rejected_rows where row_key = 'bounds_code';  -- the code is named: unknown_value:currency
select count(*) from quality.dq_rejected_rows where table_name = 'exchange_rates' and reason = 'out_of_range:rate_to_reporting';  -- both rates are named: 2
select count(*) from staging.stg_crm__opportunities where opportunity_id like 'bounds%';  -- the other deal counts: 1
select example_row from quality.dq_invalid_values where table_name = 'subscriptions' and column_name = 'term_months';  -- the row of the term is named: bounds_ok
