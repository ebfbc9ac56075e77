-- The company's MRR policy as one row of switches.
with

choices as (
    select * from {{ ref('policy_mrr') }}
),

final as (
    select
        choices.paused = 'count' as counts_paused,
        choices.temporary_discounts = 'ignore' as ignores_temporary_discounts,
        choices.metered_items = 'exclude' as excludes_metered_items,
        choices.churn_lands_at = 'notice' as churns_at_notice,
        case when choices.past_due = 'churn_after' then choices.past_due_days end as churns_after_days_past_due
    from choices
)

select * from final
