-- The status, colour, trend and priority of a score.
with

scores as (
    select * from {{ ref('int_health_scores') }}
),

trend_dates as (
    select * from {{ ref('int_health_trend_dates') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

status_bands as (
    select * from {{ ref('policy_health_status_bands') }}
),

colours as (
    select * from {{ ref('policy_health_colours') }}
),

priorities as (
    select * from {{ ref('policy_health_priority') }}
),

banded as (
    select
        scores.*,
        coalesce(status_bands.status, 'unscored') as health_status,
        colours.colour as health_colour
    from scores
    left join status_bands
        on scores.health_score >= status_bands.min_score
        and (status_bands.below_score is null or scores.health_score < status_bands.below_score)
    left join colours
        on (
            scores.health_score >= colours.min_score
            and (colours.below_score is null or scores.health_score < colours.below_score)
        )
        or (scores.health_score is null and colours.min_score is null)
),

compared as (
    select
        banded.*,
        previous.health_score as previous_score,
        round(banded.health_score - previous.health_score, 9) as score_change
    from banded
    left join trend_dates
        on banded.snapshot_date = trend_dates.snapshot_date
    left join scores as previous
        on trend_dates.previous_date = previous.snapshot_date
        and banded.account_id = previous.account_id
        and banded.scheme = previous.scheme
),

with_trend as (
    select
        compared.*,
        compared.coverage < settings.low_confidence_coverage as is_low_confidence,
        case
            when compared.score_change > settings.trend_points then 'improving'
            when compared.score_change < -settings.trend_points then 'declining'
            when compared.score_change is not null then 'stable'
            else 'no_data'
        end as health_trend
    from compared
    cross join settings
),

final as (
    select
        with_trend.snapshot_date,
        with_trend.account_id,
        with_trend.touch_tier,
        with_trend.scheme,
        with_trend.health_score,
        with_trend.coverage,
        with_trend.is_low_confidence,
        with_trend.health_status,
        with_trend.health_colour,
        with_trend.previous_score,
        with_trend.health_trend,
        priorities.priority
    from with_trend
    left join priorities
        on with_trend.health_colour = priorities.colour
        and with_trend.health_trend = priorities.trend
)

select * from final
