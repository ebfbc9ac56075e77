with

cohort_retention as (
    select * from {{ ref('int_cohort_retention') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

final as (
    select
        cohort_retention.cohort_grain,
        cohort_retention.cohort,
        cohort_retention.segment_type,
        cohort_retention.segment,
        cohort_retention.age_months,
        cast(cohort_retention.cohort_accounts as bigint) as cohort_accounts,
        cast(cohort_retention.cohort_mrr as decimal(18, 2)) as cohort_mrr,
        cast(cohort_retention.retained_accounts as bigint) as retained_accounts,
        cast(cohort_retention.retained_mrr as decimal(18, 2)) as retained_mrr,
        cohort_retention.logo_retention,
        cohort_retention.grr,
        cohort_retention.nrr,
        cohort_retention.cohort_accounts < flags.small_sample_accounts as is_small_sample,
        run_context.reporting_currency
    from cohort_retention
    cross join run_context
    cross join flags
    where cohort_retention.segment_type in ('all', 'touch_tier')
)

select * from final
