-- Which accounts moved MRR most in the last complete month, and why?
select
    accounts.account_name,
    movements.movement_type,
    movements.driver,
    movements.product_id,
    movements.amount
from {{ ref('fct_mrr_movements') }} as movements
inner join {{ ref('dim_accounts') }} as accounts
    on movements.account_id = accounts.account_id
where
    movements.month = (
        select max(mrr.month)
        from {{ ref('fct_mrr_monthly') }} as mrr
        where mrr.is_complete_month
    )
order by abs(movements.amount) desc
limit 20
