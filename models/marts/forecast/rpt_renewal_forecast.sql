-- The forecast is frozen, the outlook is as of as_of_date. A quarter has an actual value once every renewal in it is
-- decided.
with

renewals as (
    select * from {{ ref('fct_renewals') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

renewals_by_tier as (
    select
        renewals.*,
        cast(date_trunc('quarter', renewals.renewal_on) as date) as quarter,
        renewals.touch_tier as reported_tier
    from renewals
    union all
    select
        renewals.*,
        cast(date_trunc('quarter', renewals.renewal_on) as date) as quarter,
        'all' as reported_tier
    from renewals
),

quarters as (
    select
        renewals_by_tier.quarter,
        renewals_by_tier.reported_tier as touch_tier,
        count(*) as renewals,
        sum(renewals_by_tier.arr_up) as arr_up,
        sum(renewals_by_tier.expected_arr_policy) as forecast_policy,
        sum(renewals_by_tier.expected_arr) as forecast_calibrated,
        sum(renewals_by_tier.secured_arr) as secured_arr,
        sum(renewals_by_tier.lost_arr) as lost_arr,
        sum(renewals_by_tier.open_arr) as open_arr,
        sum(renewals_by_tier.expected_open_arr) as expected_open_arr,
        coalesce(sum(case when renewals_by_tier.is_at_risk then renewals_by_tier.open_arr end), 0) as at_risk_arr,
        count(distinct case when renewals_by_tier.is_at_risk then renewals_by_tier.account_id end) as at_risk_accounts,
        count_if(
            renewals_by_tier.calibrated_probability <> renewals_by_tier.policy_probability
        ) > 0 as has_learnt,
        case
            when count_if(renewals_by_tier.outcome = 'open') = 0 then sum(renewals_by_tier.renewed_arr)
        end as actual_arr
    from renewals_by_tier
    group by renewals_by_tier.quarter, renewals_by_tier.reported_tier
),

final as (
    select
        quarters.quarter,
        quarters.touch_tier,
        quarters.renewals,
        cast(quarters.arr_up as decimal(18, 2)) as arr_up,
        cast(quarters.forecast_policy as decimal(18, 2)) as forecast_policy,
        cast(quarters.forecast_calibrated as decimal(18, 2)) as forecast_calibrated,
        cast(quarters.forecast_calibrated as double) / nullif(cast(quarters.arr_up as double), 0) as forecast_share,
        cast(quarters.secured_arr as decimal(18, 2)) as secured_arr,
        cast(quarters.lost_arr as decimal(18, 2)) as lost_arr,
        cast(quarters.open_arr as decimal(18, 2)) as open_arr,
        cast(quarters.expected_open_arr as decimal(18, 2)) as expected_open_arr,
        cast(quarters.secured_arr + quarters.expected_open_arr as decimal(18, 2)) as outlook_arr,
        cast(quarters.at_risk_arr as decimal(18, 2)) as at_risk_arr,
        quarters.at_risk_accounts,
        cast(quarters.actual_arr as decimal(18, 2)) as actual_arr,
        case
            when quarters.has_learnt
                then cast(quarters.actual_arr as double) / nullif(cast(quarters.forecast_calibrated as double), 0)
        end as accuracy,
        case
            when quarters.has_learnt
                then cast(abs(quarters.actual_arr - quarters.forecast_calibrated) as double)
                    / nullif(cast(quarters.actual_arr as double), 0)
        end as ape,
        run_context.reporting_currency
    from quarters
    cross join run_context
)

select * from final
