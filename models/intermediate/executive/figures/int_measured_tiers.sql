-- Every touch tier on every measured date, and all of them together.
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

tiers as (
    select 'all' as touch_tier
    union all
    select tiers_ranked.tier as touch_tier
    from tiers_ranked
    where tiers_ranked.scheme = 'touch_tier'
),

final as (
    select
        measured_dates.measured_on,
        tiers.touch_tier
    from measured_dates
    cross join tiers
)

select * from final
