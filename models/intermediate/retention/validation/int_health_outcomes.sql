-- Predictions whose horizon is over, and what came of them.
with

predictions as (
    select * from {{ ref('int_health_predictions') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

status_bands as (
    select * from {{ ref('policy_health_status_bands') }}
),

horizons as (
    select settings.validation_horizon_days as horizon_days from settings
    union all
    select settings.validation_long_horizon_days as horizon_days from settings
),

due as (
    select
        predictions.*,
        horizons.horizon_days,
        {{ add_days('predictions.snapshot_date', 'horizons.horizon_days') }} as horizon_ends_on
    from predictions
    cross join horizons
    cross join run_context
    where {{ add_days('predictions.snapshot_date', 'horizons.horizon_days') }} <= run_context.as_of_date
),

churned as (
    select distinct
        due.horizon_days,
        due.snapshot_date,
        due.account_id
    from due
    inner join churns
        on due.account_id = churns.account_id
        and due.snapshot_date < churns.churned_on
        and due.horizon_ends_on >= churns.churned_on
),

labelled as (
    select
        due.scheme,
        due.touch_tier,
        due.horizon_days,
        due.snapshot_date,
        due.account_id,
        due.past_score,
        churned.account_id is not null as is_churned
    from due
    left join churned
        on due.horizon_days = churned.horizon_days
        and due.snapshot_date = churned.snapshot_date
        and due.account_id = churned.account_id
),

-- Ties share the mean of their ranks.
ranked as (
    select
        labelled.*,
        rank() over (partition by labelled.scheme, labelled.touch_tier, labelled.horizon_days order by labelled.past_score) as lowest_rank,
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
        cast(ceil(10 * (ranked.lowest_rank + cast(ranked.tied_rows - 1 as double) / 2) / ranked.observations) as int) as decile
    from ranked
    inner join status_bands
        on ranked.past_score >= status_bands.min_score
        and (status_bands.below_score is null or ranked.past_score < status_bands.below_score)
)

select * from final
