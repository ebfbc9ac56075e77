-- The outlook of the date's quarter and the next, by touch tier and for all.
with

outlooks as (
    select * from {{ ref('int_renewal_outlooks') }}
),

in_two_quarters as (
    select
        outlooks.*,
        cast(date_trunc('quarter', outlooks.renewal_on) as date) as quarter
    from outlooks
    where outlooks.renewal_on >= cast(date_trunc('quarter', outlooks.snapshot_date) as date)
        and outlooks.renewal_on < cast(date_trunc('quarter', outlooks.snapshot_date) + interval '6' month as date)
),

by_tier as (
    select
        in_two_quarters.*,
        in_two_quarters.touch_tier as reported_tier
    from in_two_quarters
    union all
    select
        in_two_quarters.*,
        'all' as reported_tier
    from in_two_quarters
),

final as (
    select
        by_tier.snapshot_date,
        by_tier.quarter,
        by_tier.reported_tier as touch_tier,
        count(*) as renewals,
        sum(by_tier.arr_up) as arr_up,
        sum(by_tier.expected_arr) as forecast_calibrated,
        sum(by_tier.secured_arr) as secured_arr,
        sum(by_tier.lost_arr) as lost_arr,
        sum(by_tier.open_arr) as open_arr,
        sum(by_tier.expected_open_arr) as expected_open_arr,
        coalesce(sum(case when by_tier.is_at_risk then by_tier.open_arr end), 0) as at_risk_arr,
        count(distinct case when by_tier.is_at_risk then by_tier.account_id end) as at_risk_accounts
    from by_tier
    group by by_tier.snapshot_date, by_tier.quarter, by_tier.reported_tier
)

select * from final
