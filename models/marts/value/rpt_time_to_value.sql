with

times as (
    select * from {{ ref('int_time_to_value') }}
),

final as (
    select
        cast(times.cohort as date) as cohort_quarter,
        times.segment as touch_tier,
        times.milestone,
        cast(times.accounts as bigint) as accounts,
        cast(times.achieved as bigint) as achieved,
        cast(times.median_days as int) as median_days,
        cast(times.p90_days as int) as p90_days,
        cast(times.still_open as bigint) as still_open,
        cast(times.left_before as bigint) as left_before
    from times
    where times.segment_type = 'touch_tier'
        and times.cohort <> 'all'
)

select * from final
