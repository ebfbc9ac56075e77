-- LTV assumes that the customer's touch tier goes on losing MRR as in the last 12 complete months.
with

retention as (
    select * from {{ ref('int_retention_measured') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

customers as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

finance as (
    select * from {{ ref('policy_finance') }}
),

tier_churn as (
    select
        retention.segment as touch_tier,
        retention.starting_accounts,
        cast(retention.churn_mrr as double) / nullif(cast(retention.starting_mrr as double), 0) as churn_rate
    from retention
    inner join run_context
        on retention.end_month = run_context.last_complete_month
    where retention.window_months = 12
        and retention.segment_type = 'touch_tier'
),

final as (
    select
        customers.account_id,
        touch_tiers.touch_tier,
        tier_churn.churn_rate,
        {{ to_cents('12 * cast(customers.mrr as double) * finance.gross_margin / nullif(tier_churn.churn_rate, 0)') }}
            as ltv
    from customers
    inner join run_context
        on customers.month = run_context.as_of_month
    inner join touch_tiers
        on customers.account_id = touch_tiers.account_id
        and customers.month = touch_tiers.month
    inner join tier_churn
        on touch_tiers.touch_tier = tier_churn.touch_tier
    cross join finance
    where customers.mrr > 0
        and tier_churn.starting_accounts >= finance.lifetime_min_accounts
)

select * from final
