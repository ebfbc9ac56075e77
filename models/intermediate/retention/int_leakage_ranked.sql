-- A leak is a tier at the window's start with a reason, which for contraction has a driver. The tiers are those of the
-- segment's own scheme, and ARR tiers in other segments. The largest loss of MRR ranks first.
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

segmented_losses as (
    select
        losses.end_month,
        losses.account_id,
        losses.reason_category,
        losses.lost_mrr,
        segments.segment_type,
        segments.segment,
        case
            when segments.segment_type in ('touch_tier', 'investment_tier') then segments.segment_type
            else 'arr_tier'
        end as tier_scheme,
        case
            when segments.segment_type in ('touch_tier', 'investment_tier') then segments.segment
            else arr_tiers.arr_tier
        end as tier
    from losses
    inner join segments
        on losses.account_id = segments.account_id
        and losses.start_month = segments.month
    inner join arr_tiers
        on losses.account_id = arr_tiers.account_id
        and losses.start_month = arr_tiers.month
),

leaks as (
    select
        segmented_losses.end_month,
        segmented_losses.segment_type,
        segmented_losses.segment,
        segmented_losses.tier_scheme,
        segmented_losses.tier,
        segmented_losses.reason_category,
        contraction_drivers.driver,
        sum(coalesce(contraction_drivers.lost_mrr, segmented_losses.lost_mrr)) as lost_mrr,
        count(*) as accounts
    from segmented_losses
    left join contraction_drivers
        on segmented_losses.end_month = contraction_drivers.end_month
        and segmented_losses.account_id = contraction_drivers.account_id
    group by
        segmented_losses.end_month,
        segmented_losses.segment_type,
        segmented_losses.segment,
        segmented_losses.tier_scheme,
        segmented_losses.tier,
        segmented_losses.reason_category,
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
