-- The category of the CRM's code. Without a code, or with one that is not mapped, it is unknown.
with

churns as (
    select * from {{ ref('int_churns') }}
),

reasons as (
    select * from {{ ref('int_churn_reasons_matched') }}
),

churn_reason_map as (
    select * from {{ ref('policy_churn_reason_map') }}
),

categories as (
    select * from {{ ref('policy_churn_reason_categories') }}
),

final as (
    select
        churns.account_id,
        churns.churned_month,
        churns.churned_on,
        churns.first_mrr_month,
        churns.last_paid_month,
        churns.churned_mrr,
        reasons.reason_code,
        categories.category as reason_category,
        categories.is_preventable
    from churns
    left join reasons
        on churns.account_id = reasons.account_id
        and churns.churned_month = reasons.churned_month
    left join churn_reason_map
        on reasons.reason_code = churn_reason_map.reason_code
    inner join categories
        on coalesce(churn_reason_map.category, 'unknown') = categories.category
)

select * from final
