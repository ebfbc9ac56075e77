-- A journey begins with the first subscription and is observed until the first churn, or as_of_date. Those of the
-- records' first month may have begun before it, and are left out.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

customers as (
    select distinct
        account_mrr.account_id,
        account_mrr.first_mrr_month
    from account_mrr
    where not account_mrr.is_opening_account
),

first_starts as (
    select
        subscriptions.account_id,
        min(subscriptions.started_on) as started_on
    from subscriptions
    group by subscriptions.account_id
),

first_churns as (
    select
        churns.account_id,
        min(churns.churned_on) as churned_on
    from churns
    group by churns.account_id
),

final as (
    select
        customers.account_id,
        first_starts.started_on,
        coalesce(first_churns.churned_on, run_context.as_of_date) as observed_until,
        first_churns.churned_on is not null as has_left,
        cast(date_trunc('quarter', customers.first_mrr_month) as date) as cohort_quarter,
        account_tiers.arr_tier,
        account_tiers.touch_tier,
        account_tiers.investment_tier
    from customers
    cross join run_context
    inner join first_starts
        on customers.account_id = first_starts.account_id
    left join first_churns
        on customers.account_id = first_churns.account_id
    left join account_tiers
        on customers.account_id = account_tiers.account_id
        and customers.first_mrr_month = account_tiers.month
)

select * from final
