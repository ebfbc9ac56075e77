with

retention as (
    select * from {{ ref('fct_retention') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

expansion_drivers as (
    select * from {{ ref('int_expansion_drivers') }}
),

preventable_churn as (
    select * from {{ ref('int_preventable_churn') }}
),

cohort_trends as (
    select * from {{ ref('int_cohort_trends') }}
),

headlines as (
    select * from {{ ref('int_retention_headlines') }}
),

quarters as (
    select
        retention.*,
        cast(date_trunc('quarter', retention.month) as date) as quarter,
        cast(retention.starting_mrr as double) as base_mrr
    from retention
    where retention.window_months = 12
        and extract(month from retention.month) in (3, 6, 9, 12)
        and retention.starting_accounts > 0
),

final as (
    select
        quarters.quarter,
        quarters.segment_type,
        quarters.segment,
        quarters.segment_label,
        quarters.starting_mrr,
        quarters.ending_mrr,
        quarters.starting_accounts,
        quarters.is_small_sample,
        quarters.grr,
        quarters.nrr,
        quarters.logo_retention,
        cast(quarters.churn_mrr as double) / quarters.base_mrr as churn_rate,
        cast(quarters.contraction_mrr as double) / quarters.base_mrr as contraction_rate,
        cast(quarters.expansion_mrr as double) / quarters.base_mrr as expansion_rate,
        quarters.expansion_mrr,
        {% for driver in ['seats', 'usage', 'upsell', 'cross_sell', 'price', 'downgrade', 'product_drop', 'pause'] %}
        cast(coalesce(expansion_drivers.expansion_{{ driver }}_mrr, 0) as decimal(18, 2)) as expansion_{{ driver }}_mrr,
        {% endfor %}
        expansion_drivers.note,
        cast(coalesce(preventable_churn.churned_accounts, 0) as bigint) as churned_accounts,
        cast(coalesce(preventable_churn.known_reason_accounts, 0) as bigint) as known_reason_accounts,
        cast(coalesce(preventable_churn.unknown_reason_accounts, 0) as bigint) as unknown_reason_accounts,
        cast(coalesce(preventable_churn.unknown_reason_mrr, 0) as decimal(18, 2)) as unknown_reason_mrr,
        preventable_churn.preventable_share,
        preventable_churn.preventable_mrr_share,
        preventable_churn.churn_leverage,
        coalesce(cohort_trends.cohort_trend, 'insufficient_data') as cohort_trend,
        quarters.grr_verdict,
        quarters.nrr_verdict,
        quarters.logo_verdict,
        quarters.verdict_source,
        quarters.benchmark_segment,
        quarters.grr_target,
        quarters.nrr_target,
        quarters.grr_rating,
        quarters.nrr_rating,
        case
            when coalesce(quarters.grr_verdict, quarters.nrr_verdict, quarters.logo_verdict) is null then null
            when 'critical' in (quarters.grr_verdict, quarters.nrr_verdict, quarters.logo_verdict) then 'critical'
            when 'concerning' in (quarters.grr_verdict, quarters.nrr_verdict, quarters.logo_verdict) then 'concerning'
            else 'healthy'
        end as verdict,
        quarters.is_leaky_bucket,
        headlines.headline,
        run_context.reporting_currency
    from quarters
    cross join run_context
    inner join headlines
        on quarters.month = headlines.end_month
        and quarters.segment_type = headlines.segment_type
        and quarters.segment = headlines.segment
    left join expansion_drivers
        on quarters.month = expansion_drivers.end_month
        and quarters.segment_type = expansion_drivers.segment_type
        and quarters.segment = expansion_drivers.segment
    left join preventable_churn
        on quarters.month = preventable_churn.end_month
        and quarters.segment_type = preventable_churn.segment_type
        and quarters.segment = preventable_churn.segment
    left join cohort_trends
        on quarters.month = cohort_trends.end_month
        and quarters.segment_type = cohort_trends.segment_type
        and quarters.segment = cohort_trends.segment
)

select * from final
