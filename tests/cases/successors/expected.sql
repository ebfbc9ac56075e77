select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'next' and month = date '2025-01-01';  -- the renewal replaces what it names from its own start: 330
select sum(contraction_mrr) from marts.fct_mrr_monthly where account_id = 'next';  -- the old end takes nothing away: 0
select outcome from marts.fct_renewals where subscription_id = 'next_a' and renewal_on = date '2025-03-01';  -- a renewal that names another absorbs this one: renewed
select renewed_arr from marts.fct_renewals where subscription_id = 'next_a' and renewal_on = date '2025-03-01';  -- with its product's ARR: 2400
select expansion_arr from marts.fct_renewals where subscription_id = 'next_b' and renewal_on = date '2025-03-01';  -- nothing is counted twice: 0
select next_renewal_on from marts.dim_accounts where account_id = 'next_term';  -- the later signature counts: 2027-04-01
select count(*) from quality.dq_rejected_rows where row_key like 'next_long%';  -- neither term is rejected: 0
