-- A leak is an ARR tier at the window's start with a reason, which for contraction has a driver. The largest loss of
-- MRR ranks first.
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

contraction_drivers as (
    select * from {{ ref('int_contraction_drivers') }}
),

leaks as (
    select
        losses.end_month,
        segments.segment_type,
        segments.segment,
        arr_tiers.arr_tier as tier,
        losses.reason_category,
        contraction_drivers.driver,
        sum(coalesce(contraction_drivers.lost_mrr, losses.lost_mrr)) as lost_mrr,
        count(*) as accounts
    from losses
    inner join segments
        on losses.account_id = segments.account_id
        and losses.start_month = segments.month
    inner join arr_tiers
        on losses.account_id = arr_tiers.account_id
        and losses.start_month = arr_tiers.month
    left join contraction_drivers
        on losses.end_month = contraction_drivers.end_month
        and losses.account_id = contraction_drivers.account_id
    group by
        losses.end_month,
        segments.segment_type,
        segments.segment,
        arr_tiers.arr_tier,
        losses.reason_category,
        contraction_drivers.driver
),

final as (
    select
        leaks.*,
        sum(leaks.lost_mrr) over (partition by leaks.end_month, leaks.segment_type, leaks.segment) as lost_mrr_in_all,
        row_number() over (
            partition by leaks.end_month, leaks.segment_type, leaks.segment
            order by
                leaks.lost_mrr desc, leaks.tier asc, leaks.reason_category asc, coalesce(leaks.driver, '') asc
        ) as leak_rank
    from leaks
)

select * from final
