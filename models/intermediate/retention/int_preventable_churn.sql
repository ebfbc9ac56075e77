-- The share of a segment's churn in 12 months that could have been prevented. Unknown reasons do not count.
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

shares as (
    select
        losses.end_month,
        segments.segment_type,
        segments.segment,
        cast(sum(case when losses.is_preventable then losses.lost_mrr else 0 end) as double)
        / nullif(cast(sum(losses.lost_mrr) as double), 0) as preventable_share
    from losses
    inner join segments
        on losses.account_id = segments.account_id
        and losses.start_month = segments.month
    where losses.is_preventable is not null
    group by losses.end_month, segments.segment_type, segments.segment
),

final as (
    select
        shares.end_month,
        shares.segment_type,
        shares.segment,
        shares.preventable_share,
        case
            when shares.preventable_share > flags.cs_leverage_min_preventable_share then 'cs_leverage'
            when shares.preventable_share < flags.structural_max_preventable_share then 'structural'
            else 'mixed'
        end as churn_leverage
    from shares
    cross join flags
)

select * from final
