with

bases as (
    select * from {{ ref('int_retention_bases') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

segment_values as (
    select * from {{ ref('int_account_segment_values') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        cast(bases.window_months as int) as window_months,
        bases.end_month as month,
        bases.account_id,
        account_names.account_name,
        bases.start_month,
        cast(bases.starting_mrr as decimal(18, 2)) as starting_mrr,
        cast(bases.retained_mrr as decimal(18, 2)) as retained_mrr,
        cast(bases.ending_mrr as decimal(18, 2)) as ending_mrr,
        bases.is_retained,
        bases.is_paused_at_end,
        segment_values.arr_tier as arr_tier_at_start,
        segment_values.touch_tier as touch_tier_at_start,
        segment_values.investment_tier as investment_tier_at_start,
        segment_values.csm as csm_id_at_start,
        segment_values.plan as plan_at_start,
        segment_values.industry,
        segment_values.region,
        segment_values.cohort_quarter,
        run_context.reporting_currency
    from bases
    cross join run_context
    inner join segment_values
        on bases.account_id = segment_values.account_id
        and bases.start_month = segment_values.month
    left join account_names
        on bases.account_id = account_names.account_id
)

select * from final
