-- Results that the scorecard does not have as one figure: churn, the weakest segment, all books and health.
-- Cost to serve has the published upper bounds of the touch tiers, by their ARR, as its target.
with

retention as (
    select * from {{ ref('int_retention_measured') }}
),

latest as (
    select * from {{ ref('int_figures_latest') }}
),

scales as (
    select * from {{ ref('int_figure_scales') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

segments as (
    select * from {{ ref('int_segments_measured') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

last_year as (
    select
        retention.segment_type,
        retention.segment,
        cast(retention.starting_mrr as double) as starting_mrr,
        cast(retention.churn_mrr as double) as churn_mrr,
        cast(retention.ending_mrr as double) as ending_mrr
    from retention
    inner join run_context
        on retention.end_month = run_context.last_complete_month
    where retention.window_months = 12
),

company as (
    select
        latest.figure,
        latest.value
    from latest
    where latest.touch_tier = 'all'
),

segment_gaps as (
    select
        company.value,
        scales.good,
        row_number() over (order by round(company.value - scales.good, 9), company.figure) as gap_number,
        count(*) over () as segments
    from company
    inner join investment_tiers
        on company.figure = 'nrr_' || investment_tiers.tier
    inner join scales
        on company.figure = scales.figure
    where company.value is not null
),

final as (
    select
        'revenue_churn' as figure,
        round(last_year.churn_mrr / nullif(last_year.starting_mrr, 0), 9) as value,
        cast(null as double) as data_target,
        cast(1 as bigint) as observations
    from last_year
    where last_year.segment_type = 'all'
    union all
    select
        'book_nrr' as figure,
        round(sum(last_year.ending_mrr) / nullif(sum(last_year.starting_mrr), 0), 9) as value,
        cast(null as double) as data_target,
        cast(count(*) as bigint) as observations
    from last_year
    where last_year.segment_type = 'csm'
        and last_year.segment <> '(none)'
    union all
    select
        'segment_nrr' as figure,
        segment_gaps.value,
        segment_gaps.good as data_target,
        cast(segment_gaps.segments as bigint) as observations
    from segment_gaps
    where segment_gaps.gap_number = 1
    union all
    select
        'health_distribution' as figure,
        round(sum(company.value), 9) as value,
        cast(null as double) as data_target,
        cast(1 as bigint) as observations
    from company
    where company.figure in ('share_healthy', 'share_stable')
    union all
    select
        'cost_to_serve' as figure,
        cast(null as double) as value,
        round(
            sum(cast(segments.arr as double) * segments.cost_to_serve_high)
            / nullif(sum(cast(segments.arr as double)), 0),
            9
        ) as data_target,
        cast(count(*) as bigint) as observations
    from segments
    where segments.tier_scheme = 'touch_tier'
        and segments.cost_to_serve_high is not null
)

select * from final
