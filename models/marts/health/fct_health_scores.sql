-- The scheme in use tells its drivers; the others stand beside it to compare.
with

standings as (
    select * from {{ ref('int_health_standings') }}
),

sentences as (
    select * from {{ ref('int_health_driver_sentences') }}
),

final as (
    select
        standings.snapshot_date,
        standings.account_id,
        standings.scheme,
        standings.touch_tier,
        standings.health_score,
        standings.coverage,
        standings.is_low_confidence,
        standings.health_status,
        standings.health_colour,
        standings.previous_score,
        standings.health_trend,
        standings.priority,
        case
            when standings.scheme = {{ quoted_text(var("health_scheme")) }} then coalesce(sentences.drivers, 'There is nothing to score it by.')
        end as drivers,
        standings.scheme = {{ quoted_text(var("health_scheme")) }} as is_active_scheme
    from standings
    left join sentences
        on standings.snapshot_date = sentences.snapshot_date
        and standings.account_id = sentences.account_id
)

select * from final
