with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

arr_tiers as (
    select * from {{ ref('int_account_arr_tiers_monthly') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

movements as (
    select
        account_mrr.*,
        account_mrr.mrr - account_mrr.opening_mrr as change
    from account_mrr
),

final as (
    select
        movements.account_id,
        account_names.account_name,
        movements.month,
        cast(movements.opening_mrr as decimal(18, 2)) as opening_mrr,
        cast(case when movements.movement_type = 'new' then movements.change else 0 end as decimal(18, 2)) as new_mrr,
        cast(case when movements.movement_type = 'reactivation' then movements.change else 0 end as decimal(18, 2))
            as reactivation_mrr,
        cast(case when movements.movement_type = 'expansion' then movements.change else 0 end as decimal(18, 2))
            as expansion_mrr,
        cast(case when movements.movement_type = 'contraction' then -movements.change else 0 end as decimal(18, 2))
            as contraction_mrr,
        cast(case when movements.movement_type = 'churn' then -movements.change else 0 end as decimal(18, 2))
            as churn_mrr,
        cast(movements.mrr as decimal(18, 2)) as closing_mrr,
        cast(movements.reported_mrr as decimal(18, 2)) as reported_closing_mrr,
        cast(12 * movements.mrr as decimal(18, 2)) as arr,
        cast(movements.seats as double) as seats,
        arr_tiers.arr_tier,
        movements.mrr > 0 as is_active,
        movements.contract_mrr > movements.mrr as is_paused,
        movements.is_complete_month,
        run_context.reporting_currency
    from movements
    cross join run_context
    left join arr_tiers
        on movements.account_id = arr_tiers.account_id
        and movements.month = arr_tiers.month
    left join account_names
        on movements.account_id = account_names.account_id
    where movements.is_in_ledger
)

select * from final
