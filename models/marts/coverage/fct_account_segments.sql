with

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

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        account_tiers.account_id,
        account_tiers.month,
        months.is_complete_month,
        account_tiers.arr_tier,
        touch_tiers.touch_score,
        touch_tiers.raw_touch_tier,
        account_tiers.touch_tier,
        account_tiers.investment_tier,
        strategic.icp_fit_score,
        strategic.icp_fit,
        strategic.is_strategic,
        coverage_tiers.is_temporary_upgrade,
        coverage_tiers.effective_touch_tier
    from account_tiers
    inner join touch_tiers
        on account_tiers.account_id = touch_tiers.account_id
        and account_tiers.month = touch_tiers.month
    inner join strategic
        on account_tiers.account_id = strategic.account_id
        and account_tiers.month = strategic.month
    inner join coverage_tiers
        on account_tiers.account_id = coverage_tiers.account_id
        and account_tiers.month = coverage_tiers.month
    inner join months
        on account_tiers.month = months.month
)

select * from final
