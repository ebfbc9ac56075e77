with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

strategic as (
    select * from {{ ref('int_touch_strategic') }}
),

coverage_tiers as (
    select * from {{ ref('int_account_coverage_tiers') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

account_costs as (
    select * from {{ ref('int_account_costs') }}
),

final as (
    select
        account_tiers.account_id,
        account_names.account_name,
        account_tiers.month,
        account_mrr.is_complete_month,
        cast(account_mrr.mrr as decimal(18, 2)) as mrr,
        cast(12 * account_mrr.mrr as decimal(18, 2)) as arr,
        account_tiers.arr_tier,
        touch_tiers.touch_score,
        touch_tiers.raw_touch_tier,
        account_tiers.touch_tier,
        account_tiers.investment_tier,
        strategic.icp_fit_score,
        strategic.icp_fit,
        strategic.is_strategic,
        coverage_tiers.is_temporary_upgrade,
        coverage_tiers.effective_touch_tier,
        cast(account_costs.cost_to_serve as decimal(18, 2)) as cost_to_serve_12m,
        run_context.reporting_currency
    from account_tiers
    cross join run_context
    inner join account_mrr
        on account_tiers.account_id = account_mrr.account_id
        and account_tiers.month = account_mrr.month
    inner join touch_tiers
        on account_tiers.account_id = touch_tiers.account_id
        and account_tiers.month = touch_tiers.month
    inner join strategic
        on account_tiers.account_id = strategic.account_id
        and account_tiers.month = strategic.month
    inner join coverage_tiers
        on account_tiers.account_id = coverage_tiers.account_id
        and account_tiers.month = coverage_tiers.month
    left join account_names
        on account_tiers.account_id = account_names.account_id
    left join measured_dates
        on account_tiers.month = measured_dates.month
    left join account_costs
        on account_tiers.account_id = account_costs.account_id
        and measured_dates.measured_on = account_costs.measured_on
)

select * from final
