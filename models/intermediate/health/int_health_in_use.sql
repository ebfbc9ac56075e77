-- What everything beyond health acts on: the standings of the scheme in use.
with

standings as (
    select * from {{ ref('int_health_standings') }}
),

final as (
    select
        standings.snapshot_date,
        standings.account_id,
        standings.touch_tier,
        standings.health_score,
        standings.health_status,
        standings.health_colour,
        standings.health_trend
    from standings
    where standings.scheme = {{ quoted_text(var("health_scheme")) }}
)

select * from final
