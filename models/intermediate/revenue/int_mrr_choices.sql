-- What the company's MRR policy says, as one row of switches.
with

policy_mrr as (
    select * from {{ ref('policy_mrr') }}
),

final as (
    select
        count_if(policy_mrr.setting = 'paused' and policy_mrr.choice = 'count') > 0 as counts_paused,
        count_if(policy_mrr.setting = 'temporary_discounts' and policy_mrr.choice = 'ignore') > 0 as ignores_temporary_discounts,
        count_if(policy_mrr.setting = 'metered_items' and policy_mrr.choice = 'exclude') > 0 as excludes_metered_items,
        count_if(policy_mrr.setting = 'churn_lands_at' and policy_mrr.choice = 'notice') > 0 as churns_at_notice,
        max(case when policy_mrr.setting = 'past_due' and policy_mrr.choice = 'churn_after' then policy_mrr.parameter end) as churns_after_days_past_due
    from policy_mrr
)

select * from final
