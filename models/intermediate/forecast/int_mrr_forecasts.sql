-- Each tier and all tiers, with the actual MRR of complete months. The whole is the sum of its tiers.
with

horizons as (
    select * from {{ ref('int_forecast_horizons') }}
),

expected as (
    select * from {{ ref('int_mrr_expected') }}
),

actual as (
    select * from {{ ref('int_mrr_actual') }}
),

tiers as (
    select
        expected.made_on,
        expected.horizon,
        expected.touch_tier,
        expected.starting_mrr,
        expected.expected_mrr,
        expected.expected_retained_mrr,
        cast(actual.actual_mrr as double) as actual_mrr,
        cast(actual.actual_retained_mrr as double) as actual_retained_mrr
    from expected
    left join actual
        on expected.made_on = actual.made_on
        and expected.horizon = actual.horizon
        and expected.touch_tier = actual.touch_tier
),

tiers_and_all as (
    select * from tiers
    union all
    select
        tiers.made_on,
        tiers.horizon,
        'all' as touch_tier,
        round(sum(tiers.starting_mrr), 6) as starting_mrr,
        round(sum(tiers.expected_mrr), 6) as expected_mrr,
        round(sum(tiers.expected_retained_mrr), 6) as expected_retained_mrr,
        round(sum(tiers.actual_mrr), 6) as actual_mrr,
        round(sum(tiers.actual_retained_mrr), 6) as actual_retained_mrr
    from tiers
    group by tiers.made_on, tiers.horizon
),

final as (
    select
        tiers_and_all.made_on,
        horizons.is_today,
        horizons.base_month,
        tiers_and_all.horizon,
        horizons.months_ahead,
        horizons.forecast_month,
        tiers_and_all.touch_tier,
        tiers_and_all.starting_mrr,
        tiers_and_all.expected_mrr,
        tiers_and_all.expected_retained_mrr,
        tiers_and_all.actual_mrr,
        tiers_and_all.actual_retained_mrr
    from tiers_and_all
    inner join horizons
        on tiers_and_all.made_on = horizons.made_on
        and tiers_and_all.horizon = horizons.horizon
)

select * from final
