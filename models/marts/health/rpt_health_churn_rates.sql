-- A score that predicts churn has rates that fall from the worst band to the best.
with

outcomes as (
    select * from {{ ref('int_health_outcomes') }}
),

banded as (
    select
        outcomes.*,
        'status' as band_type,
        outcomes.past_status as band
    from outcomes
    union all
    select
        outcomes.*,
        'decile' as band_type,
        cast(outcomes.decile as string) as band
    from outcomes
),

final as (
    select
        banded.scheme,
        banded.touch_tier,
        cast(banded.horizon_days as int) as horizon_days,
        banded.band_type,
        banded.band,
        min(banded.past_score) as lowest_score,
        max(banded.past_score) as highest_score,
        cast(count(*) as bigint) as observations,
        cast(count_if(banded.is_churned) as bigint) as churns,
        cast(count_if(banded.is_churned) as double) / count(*) as churn_rate
    from banded
    group by banded.scheme, banded.touch_tier, banded.horizon_days, banded.band_type, banded.band
)

select * from final
