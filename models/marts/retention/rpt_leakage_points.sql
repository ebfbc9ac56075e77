-- Of a cohort only the largest causes count, and only where its GRR is low.
with

leakage as (
    select * from {{ ref('int_leakage_ranked') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

retention as (
    select * from {{ ref('int_retention_measured') }}
),

labels as (
    select * from {{ ref('int_segment_labels') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

quarters as (
    select retention.*
    from retention
    where retention.window_months = 12
        and extract(month from retention.end_month) in (3, 6, 9, 12)
),

final as (
    select
        cast(date_trunc('quarter', leakage.end_month) as date) as quarter,
        leakage.segment_type,
        leakage.segment,
        coalesce(labels.segment_label, leakage.segment) as segment_label,
        cast(leakage.leak_rank as int) as rank,
        leakage.tier_scheme,
        leakage.tier,
        leakage.reason_category,
        leakage.driver,
        cast(leakage.lost_mrr as decimal(18, 2)) as lost_mrr,
        cast(leakage.lost_mrr as double) / cast(leakage.lost_mrr_in_all as double) as share_of_lost,
        cast(leakage.accounts as bigint) as accounts,
        quarters.grr,
        quarters.is_small_sample,
        run_context.reporting_currency
    from leakage
    cross join run_context
    inner join quarters
        on leakage.end_month = quarters.end_month
        and leakage.segment_type = quarters.segment_type
        and leakage.segment = quarters.segment
    cross join flags
    left join labels
        on leakage.segment_type = labels.segment_type
        and leakage.segment = labels.segment
    where leakage.segment_type <> 'cohort_quarter'
        or (round(quarters.grr, 9) < flags.cohort_causes_below_grr and leakage.leak_rank <= flags.cohort_causes)
)

select * from final
