-- A quarter has an actual value once every renewal in it is decided.
with

renewals as (
    select * from {{ ref('fct_renewals') }}
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
        coalesce(
            sum(case
                when renewals_by_tier.has_given_notice
                    or renewals_by_tier.risk_level = 'emergency'
                    or {{ is_at_risk('renewals_by_tier.health_status') }} then renewals_by_tier.arr_up
            end),
            0
        ) as at_risk_arr,
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
        cast(quarters.at_risk_arr as decimal(18, 2)) as at_risk_arr,
        cast(quarters.actual_arr as decimal(18, 2)) as actual_arr,
        greatest(
            1 - cast(abs(quarters.forecast_calibrated - quarters.actual_arr) as double)
            / nullif(cast(quarters.actual_arr as double), 0),
            case when quarters.actual_arr > 0 then cast(0 as double) end
        ) as accuracy
    from quarters
)

select * from final
