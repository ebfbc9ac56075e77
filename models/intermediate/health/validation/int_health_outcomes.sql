-- Predictions whose horizon is over, with their outcomes.
with

predictions as (
    select * from {{ ref('int_health_predictions') }}
),

elapsed_horizons as (
    select * from {{ ref('int_elapsed_horizons') }}
),

horizon_churns as (
    select * from {{ ref('int_horizon_churns') }}
),

status_bands as (
    select * from {{ ref('policy_health_status_bands') }}
),

labelled as (
    select
        predictions.scheme,
        predictions.touch_tier,
        elapsed_horizons.horizon_days,
        predictions.snapshot_date,
        predictions.account_id,
        predictions.past_score,
        horizon_churns.account_id is not null as is_churned
    from predictions
    inner join elapsed_horizons
        on predictions.snapshot_date = elapsed_horizons.snapshot_date
    left join horizon_churns
        on predictions.snapshot_date = horizon_churns.snapshot_date
        and predictions.account_id = horizon_churns.account_id
        and elapsed_horizons.horizon_days = horizon_churns.horizon_days
),

-- Ties share the mean of their ranks.
ranked as (
    select
        labelled.*,
        rank() over (
            partition by labelled.scheme, labelled.touch_tier, labelled.horizon_days
            order by labelled.past_score
        ) as lowest_rank,
        count(*) over (
            partition by labelled.scheme, labelled.touch_tier, labelled.horizon_days, labelled.past_score
        ) as tied_rows,
        count(*) over (partition by labelled.scheme, labelled.touch_tier, labelled.horizon_days) as observations
    from labelled
),

final as (
    select
        ranked.scheme,
        ranked.touch_tier,
        ranked.horizon_days,
        ranked.snapshot_date,
        ranked.account_id,
        ranked.past_score,
        status_bands.status as past_status,
        ranked.is_churned,
        ranked.lowest_rank + cast(ranked.tied_rows - 1 as double) / 2 as score_rank,
        cast(
            ceil(10 * (ranked.lowest_rank + cast(ranked.tied_rows - 1 as double) / 2) / ranked.observations) as int
        ) as decile
    from ranked
    inner join status_bands
        on ranked.past_score >= status_bands.min_score
        and (status_bands.below_score is null or ranked.past_score < status_bands.below_score)
)

select * from final
