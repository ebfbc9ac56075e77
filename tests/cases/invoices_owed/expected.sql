select days_past_due from marts.fct_invoices where invoice_id = 'owed_credit';  -- a credit note owes nothing: 0
select days_past_due from marts.fct_invoices where invoice_id = 'owed_part';  -- the last cent is owed since the due date: 30
select days_past_due from marts.fct_invoices where invoice_id = 'owed_full';  -- paid in full without a date: 0
select status from marts.fct_invoices where invoice_id = 'owed_full';  -- its status: paid
select days_past_due from marts.fct_invoices where invoice_id = 'owed_over';  -- paid with more than was due: 0
select value from marts.fct_health_metrics where account_id = 'owed_part' and metric = 'payment_status' and snapshot_date = date '2025-06-30';  -- health sees the same: 30
