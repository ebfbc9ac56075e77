-- What a customer is worth at the pace at which its touch tier lost MRR over the last twelve months.
with

retention_bases as (
    select * from {{ ref('int_retention_bases') }}
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
        touch_tiers.touch_tier,
        count(*) as accounts,
        cast(sum(case when retention_bases.ending_mrr = 0 then retention_bases.starting_mrr else 0 end) as double)
        / nullif(cast(sum(retention_bases.starting_mrr) as double), 0) as churn_rate
    from retention_bases
    inner join run_context
        on retention_bases.end_month = run_context.last_complete_month
    inner join touch_tiers
        on retention_bases.account_id = touch_tiers.account_id
        and retention_bases.start_month = touch_tiers.month
    where retention_bases.window_months = 12
    group by touch_tiers.touch_tier
),

final as (
    select
        customers.account_id,
        touch_tiers.touch_tier,
        tier_churn.churn_rate,
        {{ to_cents('12 * cast(customers.mrr as double) * finance.gross_margin / nullif(tier_churn.churn_rate, 0)') }} as ltv
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
        and tier_churn.accounts >= finance.lifetime_min_accounts
)

select * from final
