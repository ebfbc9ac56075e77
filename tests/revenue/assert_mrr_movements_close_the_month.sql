-- opening + new + reactivation + expansion - contraction - churn = closing; the drivers sum to the net; closing opens the next month.
with

ledger as (
    select
        mrr.account_id,
        mrr.month,
        mrr.opening_mrr + mrr.new_mrr + mrr.reactivation_mrr + mrr.expansion_mrr - mrr.contraction_mrr - mrr.churn_mrr as computed_closing_mrr,
        mrr.closing_mrr,
        mrr.opening_mrr,
        coalesce(lag(mrr.closing_mrr) over (partition by mrr.account_id order by mrr.month), 0) as previous_closing_mrr,
        case when mrr.new_mrr <> 0 then 1 else 0 end + case when mrr.reactivation_mrr <> 0 then 1 else 0 end
        + case when mrr.expansion_mrr <> 0 then 1 else 0 end + case when mrr.contraction_mrr <> 0 then 1 else 0 end
        + case when mrr.churn_mrr <> 0 then 1 else 0 end as movement_types
    from {{ ref('fct_mrr_monthly') }} as mrr
),

drivers as (
    select
        movements.account_id,
        movements.month,
        sum(movements.amount) as net_movement
    from {{ ref('fct_mrr_movements') }} as movements
    group by movements.account_id, movements.month
)

select
    coalesce(ledger.account_id, drivers.account_id) as account_id,
    coalesce(ledger.month, drivers.month) as month,
    ledger.computed_closing_mrr,
    ledger.closing_mrr,
    drivers.net_movement
from ledger
full outer join drivers
    on ledger.account_id = drivers.account_id
    and ledger.month = drivers.month
where ledger.account_id is null
    or ledger.computed_closing_mrr <> ledger.closing_mrr
    or ledger.opening_mrr <> ledger.previous_closing_mrr
    or ledger.movement_types > 1
    or ledger.closing_mrr - ledger.opening_mrr <> coalesce(drivers.net_movement, 0)
