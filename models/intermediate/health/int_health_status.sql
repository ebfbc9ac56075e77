-- The status, colour, trend and priority of a score that rests on enough evidence. Another one is shown, but unscored.
-- One low date is no decline, so that a score declines only against two month-ends.
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

evidenced as (
    select
        scores.*,
        coalesce(scores.coverage < settings.low_confidence_coverage, true) as is_low_confidence,
        case when scores.coverage >= settings.low_confidence_coverage then scores.health_score end as evidenced_score
    from scores
    cross join settings
),

banded as (
    select
        evidenced.*,
        coalesce(status_bands.status, 'unscored') as health_status,
        status_bands.play as action,
        colours.colour as health_colour
    from evidenced
    left join status_bands
        on evidenced.evidenced_score >= status_bands.min_score
        and (status_bands.below_score is null or evidenced.evidenced_score < status_bands.below_score)
    left join colours
        on (
            evidenced.evidenced_score >= colours.min_score
            and (colours.below_score is null or evidenced.evidenced_score < colours.below_score)
        )
        or (evidenced.evidenced_score is null and colours.min_score is null)
),

compared as (
    select
        banded.*,
        previous.health_score as previous_score,
        round(banded.evidenced_score - previous.evidenced_score, 9) as score_change,
        round(banded.evidenced_score - earlier.evidenced_score, 9) as earlier_change
    from banded
    left join trend_dates
        on banded.snapshot_date = trend_dates.snapshot_date
    left join evidenced as previous
        on trend_dates.previous_date = previous.snapshot_date
        and banded.account_id = previous.account_id
        and banded.scheme = previous.scheme
    left join evidenced as earlier
        on trend_dates.earlier_date = earlier.snapshot_date
        and banded.account_id = earlier.account_id
        and banded.scheme = earlier.scheme
),

with_trend as (
    select
        compared.*,
        case
            when compared.score_change > settings.trend_points then 'improving'
            when compared.score_change < -settings.trend_points and compared.earlier_change < -settings.trend_points
                then 'declining'
            when compared.score_change is not null then 'stable'
            else 'no_data'
        end as health_trend,
        settings.critical_below_score
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
        with_trend.evidenced_score,
        with_trend.health_status,
        with_trend.health_colour,
        with_trend.previous_score,
        with_trend.health_trend,
        with_trend.action,
        case
            when priorities.priority = 'critical' and with_trend.evidenced_score >= with_trend.critical_below_score
                then 'high'
            else priorities.priority
        end as priority
    from with_trend
    left join priorities
        on with_trend.health_colour = priorities.colour
        and with_trend.health_trend = priorities.trend
)

select * from final
