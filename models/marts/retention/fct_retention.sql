with

measured as (
    select * from {{ ref('int_retention_measured') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

judged as (
    select * from {{ ref('int_retention_judged') }}
),

labels as (
    select * from {{ ref('int_segment_labels') }}
),

final as (
    select
        cast(measured.window_months as int) as window_months,
        measured.end_month as month,
        measured.segment_type,
        measured.segment,
        coalesce(labels.segment_label, measured.segment) as segment_label,
        cast(measured.starting_mrr as decimal(18, 2)) as starting_mrr,
        cast(measured.churn_mrr as decimal(18, 2)) as churn_mrr,
        cast(measured.contraction_mrr as decimal(18, 2)) as contraction_mrr,
        cast(measured.expansion_mrr as decimal(18, 2)) as expansion_mrr,
        cast(measured.ending_mrr as decimal(18, 2)) as ending_mrr,
        measured.grr,
        measured.nrr,
        measured.logo_retention,
        cast(measured.starting_accounts as bigint) as starting_accounts,
        cast(measured.retained_accounts as bigint) as retained_accounts,
        cast(measured.paused_accounts as bigint) as paused_accounts,
        measured.is_small_sample,
        judged.grr_verdict,
        judged.nrr_verdict,
        judged.logo_verdict,
        judged.verdict_source,
        judged.benchmark_segment,
        judged.grr_target,
        judged.nrr_target,
        judged.logo_retention_target as logo_target,
        judged.grr_acceptable,
        judged.nrr_acceptable,
        judged.logo_retention_acceptable as logo_acceptable,
        judged.grr_rating,
        judged.nrr_rating,
        measured.is_leaky_bucket,
        run_context.reporting_currency
    from measured
    cross join run_context
    left join judged
        on measured.window_months = judged.window_months
        and measured.end_month = judged.end_month
        and measured.segment_type = judged.segment_type
        and measured.segment = judged.segment
    left join labels
        on measured.segment_type = labels.segment_type
        and measured.segment = labels.segment
)

select * from final
