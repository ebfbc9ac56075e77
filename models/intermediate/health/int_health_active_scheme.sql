-- Other domains read the scheme in use only.
with

health_statuses as (
    select * from {{ ref('int_health_status') }}
),

final as (
    select
        health_statuses.snapshot_date,
        health_statuses.account_id,
        health_statuses.touch_tier,
        health_statuses.health_score,
        health_statuses.coverage,
        health_statuses.is_low_confidence,
        health_statuses.evidenced_score,
        health_statuses.health_status,
        health_statuses.health_colour,
        health_statuses.health_trend,
        health_statuses.priority
    from health_statuses
    where health_statuses.scheme = {{ quoted_text(var("health_scheme")) }}
)

select * from final
