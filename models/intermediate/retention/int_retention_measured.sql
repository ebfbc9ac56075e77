-- Retention compares the two ends of a window over a fixed base, each account in the segment of the start.
-- A window with an empty base has one row, for all.
with

windows as (
    select * from {{ ref('int_retention_windows') }}
),

bases as (
    select * from {{ ref('int_retention_bases') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

segmented_bases as (
    select
        windows.window_months,
        windows.end_month,
        coalesce(segments.segment_type, 'all') as segment_type,
        coalesce(segments.segment, 'all') as segment,
        bases.account_id,
        coalesce(bases.starting_mrr, 0) as starting_mrr,
        coalesce(bases.ending_mrr, 0) as ending_mrr,
        coalesce(bases.retained_mrr, 0) as retained_mrr,
        coalesce(bases.is_retained, false) as is_retained,
        coalesce(bases.is_paused_at_end, false) as is_paused_at_end
    from windows
    left join bases
        on windows.window_months = bases.window_months
        and windows.end_month = bases.end_month
    left join segments
        on bases.account_id = segments.account_id
        and bases.start_month = segments.month
),

summed as (
    select
        segmented_bases.window_months,
        segmented_bases.end_month,
        segmented_bases.segment_type,
        segmented_bases.segment,
        sum(segmented_bases.starting_mrr) as starting_mrr,
        sum(case when segmented_bases.ending_mrr = 0 then segmented_bases.starting_mrr else 0 end) as churn_mrr,
        sum(
            case
                when segmented_bases.ending_mrr > 0
                    then greatest(segmented_bases.starting_mrr - segmented_bases.ending_mrr, 0)
                else 0
            end
        ) as contraction_mrr,
        sum(greatest(segmented_bases.ending_mrr - segmented_bases.starting_mrr, 0)) as expansion_mrr,
        sum(segmented_bases.ending_mrr) as ending_mrr,
        sum(segmented_bases.retained_mrr) as retained_base_mrr,
        count(segmented_bases.account_id) as starting_accounts,
        count_if(segmented_bases.is_retained) as retained_accounts,
        count_if(segmented_bases.ending_mrr > segmented_bases.starting_mrr) as expanded_accounts,
        count_if(segmented_bases.is_paused_at_end) as paused_accounts
    from segmented_bases
    group by
        segmented_bases.window_months,
        segmented_bases.end_month,
        segmented_bases.segment_type,
        segmented_bases.segment
),

rated as (
    select
        summed.*,
        {{ retention_rates(
            starting_mrr='summed.starting_mrr',
            retained_base_mrr='summed.retained_base_mrr',
            ending_mrr='summed.ending_mrr',
            starting_accounts='summed.starting_accounts',
            retained_accounts='summed.retained_accounts',
        ) }}
    from summed
),

final as (
    select
        rated.window_months,
        rated.end_month,
        rated.segment_type,
        rated.segment,
        rated.starting_mrr,
        rated.churn_mrr,
        rated.contraction_mrr,
        rated.expansion_mrr,
        rated.ending_mrr,
        rated.starting_accounts,
        rated.retained_accounts,
        rated.expanded_accounts,
        rated.paused_accounts,
        rated.grr,
        rated.nrr,
        rated.logo_retention,
        rated.starting_accounts < flags.small_sample_accounts as is_small_sample,
        case
            when rated.window_months = 12 and rated.starting_accounts >= flags.small_sample_accounts
                then rated.grr <= flags.leaky_bucket_max_grr and rated.nrr > flags.leaky_bucket_min_nrr
        end as is_leaky_bucket
    from rated
    cross join flags
)

select * from final
