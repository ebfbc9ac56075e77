-- An account of a 12-month base lost MRR to its latest churn's reason, to a pause in force, or to contraction.
with

bases as (
    select * from {{ ref('int_retention_bases') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

churns as (
    select * from {{ ref('int_churns_explained') }}
),

losses as (
    select
        bases.start_month,
        bases.end_month,
        bases.account_id,
        bases.starting_mrr - bases.ending_mrr as lost_mrr,
        bases.ending_mrr = 0 as is_gone,
        bases.is_paused_at_end
    from bases
    cross join run_context
    where bases.window_months = 12
        and bases.ending_mrr < bases.starting_mrr
        and (extract(month from bases.end_month) in (3, 6, 9, 12) or bases.end_month = run_context.last_complete_month)
),

latest_churns as (
    select
        losses.end_month,
        losses.account_id,
        max_by(churns.reason_category, churns.churned_month) as reason_category,
        max_by(churns.is_preventable, churns.churned_month) as is_preventable
    from losses
    inner join churns
        on losses.account_id = churns.account_id
        and losses.start_month < churns.churned_month
        and losses.end_month >= churns.churned_month
    group by losses.end_month, losses.account_id
),

final as (
    select
        losses.start_month,
        losses.end_month,
        losses.account_id,
        losses.lost_mrr,
        losses.is_gone,
        losses.is_gone and not losses.is_paused_at_end as is_churned,
        case
            when not losses.is_gone then 'contraction'
            when losses.is_paused_at_end then 'paused'
            else coalesce(latest_churns.reason_category, 'unknown')
        end as reason_category,
        case when losses.is_gone and not losses.is_paused_at_end then latest_churns.is_preventable end as is_preventable
    from losses
    left join latest_churns
        on losses.end_month = latest_churns.end_month
        and losses.account_id = latest_churns.account_id
)

select * from final
