-- A leak is a pair of ARR tier at the window's start and reason. The largest loss of MRR ranks first.
with

losses as (
    select * from {{ ref('int_retention_losses') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

arr_tiers as (
    select * from {{ ref('int_account_arr_tiers_monthly') }}
),

leaks as (
    select
        losses.end_month,
        segments.segment_type,
        segments.segment,
        arr_tiers.arr_tier as tier,
        losses.reason_category,
        sum(losses.lost_mrr) as lost_mrr,
        count(*) as accounts
    from losses
    inner join segments
        on losses.account_id = segments.account_id
        and losses.start_month = segments.month
    inner join arr_tiers
        on losses.account_id = arr_tiers.account_id
        and losses.start_month = arr_tiers.month
    group by losses.end_month, segments.segment_type, segments.segment, arr_tiers.arr_tier, losses.reason_category
),

final as (
    select
        leaks.*,
        sum(leaks.lost_mrr) over (partition by leaks.end_month, leaks.segment_type, leaks.segment) as lost_mrr_in_all,
        row_number() over (
            partition by leaks.end_month, leaks.segment_type, leaks.segment
            order by leaks.lost_mrr desc, leaks.tier asc, leaks.reason_category asc
        ) as leak_rank
    from leaks
)

select * from final
