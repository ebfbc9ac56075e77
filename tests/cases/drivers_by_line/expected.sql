select sum(amount) from marts.fct_mrr_movements where account_id = 'lines' and month = date '2025-04-01' and driver = 'seats';  -- six seats at their line's old price: 180
select sum(amount) from marts.fct_mrr_movements where account_id = 'lines' and month = date '2025-04-01' and driver = 'price';  -- the other line's price: 40
