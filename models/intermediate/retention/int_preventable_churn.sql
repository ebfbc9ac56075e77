-- The share of a segment's churned customers in 12 months that could have been held, of those with a known reason.
with

losses as (
    select * from {{ ref('int_retention_losses') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

counted as (
    select
        losses.end_month,
        segments.segment_type,
        segments.segment,
        count(*) as churned_accounts,
        count_if(losses.is_preventable is not null) as known_reason_accounts,
        count_if(losses.is_preventable) as preventable_accounts,
        sum(losses.lost_mrr) as churned_mrr,
        sum(case when losses.is_preventable is not null then losses.lost_mrr else 0 end) as known_reason_mrr,
        sum(case when losses.is_preventable then losses.lost_mrr else 0 end) as preventable_mrr
    from losses
    inner join segments
        on losses.account_id = segments.account_id
        and losses.start_month = segments.month
    where losses.is_churned
    group by losses.end_month, segments.segment_type, segments.segment
),

shares as (
    select
        counted.*,
        round(cast(counted.preventable_accounts as double) / nullif(counted.known_reason_accounts, 0), 9)
            as preventable_share,
        round(cast(counted.preventable_mrr as double) / nullif(cast(counted.known_reason_mrr as double), 0), 9)
            as preventable_mrr_share
    from counted
),

final as (
    select
        shares.end_month,
        shares.segment_type,
        shares.segment,
        shares.churned_accounts,
        shares.known_reason_accounts,
        shares.churned_accounts - shares.known_reason_accounts as unknown_reason_accounts,
        shares.churned_mrr - shares.known_reason_mrr as unknown_reason_mrr,
        shares.preventable_share,
        shares.preventable_mrr_share,
        case
            when shares.preventable_share > flags.cs_leverage_min_preventable_share then 'cs_leverage'
            when shares.preventable_share < flags.structural_max_preventable_share then 'structural'
            when shares.preventable_share is not null then 'mixed'
        end as churn_leverage
    from shares
    cross join flags
)

select * from final
