with

churns as (
    select * from {{ ref('int_churns_explained') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

churn_health as (
    select * from {{ ref('int_churn_health') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

churn_indicators as (
    select * from {{ ref('int_churn_indicators') }}
),

last_active as (
    select
        account_mrr.account_id,
        account_mrr.is_opening_account,
        max(account_mrr.month) as last_active_month
    from account_mrr
    where account_mrr.mrr > 0
    group by account_mrr.account_id, account_mrr.is_opening_account
),

final as (
    select
        churns.account_id,
        account_names.account_name,
        churns.churned_month,
        churns.churned_on,
        cast(churns.churned_mrr as decimal(18, 2)) as churned_mrr,
        cast(churns.last_paid_month + interval '1' month as date) as ledger_month,
        {{ months_between('churns.first_mrr_month', 'churns.churned_month') }} as tenure_months,
        last_active.is_opening_account,
        account_tiers.arr_tier,
        account_tiers.touch_tier,
        churns.reason_code,
        churns.reason_category,
        churns.is_preventable,
        churn_health.health_score_at_churn,
        churn_health.health_score_90d_before,
        churn_indicators.had_leading_indicator,
        churn_indicators.leading_indicator_base_rate,
        last_active.last_active_month > churns.churned_month as is_reactivated_later,
        run_context.reporting_currency
    from churns
    cross join run_context
    inner join last_active
        on churns.account_id = last_active.account_id
    left join account_tiers
        on churns.account_id = account_tiers.account_id
        and churns.last_paid_month = account_tiers.month
    left join churn_health
        on churns.account_id = churn_health.account_id
        and churns.churned_month = churn_health.churned_month
    left join account_names
        on churns.account_id = account_names.account_id
    left join churn_indicators
        on churns.account_id = churn_indicators.account_id
        and churns.churned_month = churn_indicators.churned_month
)

select * from final
