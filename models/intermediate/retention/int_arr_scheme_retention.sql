-- Retention of the latest 12 months by the ARR tiers of each scheme, at the start of the window.
with

bases as (
    select * from {{ ref('int_retention_bases') }}
),

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

summed as (
    select
        arr_tier_cuts.scheme,
        arr_tier_cuts.tier,
        sum(bases.starting_mrr) as starting_mrr,
        sum(bases.ending_mrr) as ending_mrr,
        sum(bases.retained_mrr) as retained_base_mrr,
        count(*) as starting_accounts,
        count_if(bases.is_retained) as retained_accounts
    from bases
    inner join run_context
        on bases.end_month = run_context.last_complete_month
    inner join arr_tier_cuts
        on 12 * bases.starting_mrr >= arr_tier_cuts.min_arr
        and (arr_tier_cuts.below_arr is null or 12 * bases.starting_mrr < arr_tier_cuts.below_arr)
    where bases.window_months = 12
    group by arr_tier_cuts.scheme, arr_tier_cuts.tier
),

final as (
    select
        summed.scheme,
        summed.tier,
        {{ retention_rates(
            starting_mrr='summed.starting_mrr',
            retained_base_mrr='summed.retained_base_mrr',
            ending_mrr='summed.ending_mrr',
            starting_accounts='summed.starting_accounts',
            retained_accounts='summed.retained_accounts',
        ) }}
    from summed
)

select * from final
