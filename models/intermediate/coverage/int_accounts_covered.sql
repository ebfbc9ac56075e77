-- The accounts to look after on as_of_date. An account without an owner is in the book '(none)'.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

owners as (
    select * from {{ ref('int_account_owners_monthly') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

account_costs as (
    select * from {{ ref('int_account_costs') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        account_mrr.account_id,
        coalesce(owners.csm_id, '(none)') as csm_id,
        account_tiers.arr_tier,
        account_tiers.touch_tier,
        account_tiers.investment_tier,
        cast(12 * account_mrr.mrr as decimal(18, 2)) as arr,
        {{ months_between('account_mrr.first_mrr_month', 'run_context.as_of_month') }} as tenure_months,
        health_statuses.evidenced_score,
        coalesce(health_statuses.health_status, 'unscored') as health_status,
        account_costs.escalations,
        account_costs.support_cost,
        account_costs.cost_to_serve
    from run_context
    inner join account_mrr
        on run_context.as_of_month = account_mrr.month
    inner join account_tiers
        on account_mrr.account_id = account_tiers.account_id
        and account_mrr.month = account_tiers.month
    inner join account_costs
        on account_mrr.account_id = account_costs.account_id
        and account_costs.is_current
    left join owners
        on account_mrr.account_id = owners.account_id
        and account_mrr.month = owners.month
    left join health_statuses
        on account_mrr.account_id = health_statuses.account_id
        and run_context.as_of_date = health_statuses.snapshot_date
    where account_mrr.mrr > 0
)

select * from final
