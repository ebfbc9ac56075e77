-- As of the last month-end with MRR before the latest churn. Health is the last one measured before it.
with

accounts as (
    select * from {{ ref('int_accounts_today') }}
),

churns as (
    select * from {{ ref('int_churns_explained') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

last_churned_months as (
    select
        churns.account_id,
        max(churns.churned_month) as churned_month
    from churns
    group by churns.account_id
),

last_health as (
    select
        health_statuses.account_id,
        max(health_statuses.snapshot_date) as snapshot_date
    from health_statuses
    inner join accounts
        on health_statuses.account_id = accounts.account_id
        and health_statuses.snapshot_date < accounts.churned_on
    group by health_statuses.account_id
),

final as (
    select
        accounts.account_id,
        account_tiers.touch_tier as last_touch_tier,
        health_statuses.health_score as last_health_score,
        health_statuses.health_status as last_health_status,
        churns.churned_mrr as last_mrr,
        churns.reason_category as churn_reason_category
    from accounts
    left join last_churned_months
        on accounts.account_id = last_churned_months.account_id
    left join churns
        on last_churned_months.account_id = churns.account_id
        and last_churned_months.churned_month = churns.churned_month
    left join account_tiers
        on churns.account_id = account_tiers.account_id
        and churns.last_paid_month = account_tiers.month
    left join last_health
        on accounts.account_id = last_health.account_id
    left join health_statuses
        on last_health.account_id = health_statuses.account_id
        and last_health.snapshot_date = health_statuses.snapshot_date
    where accounts.status = 'churned'
)

select * from final
