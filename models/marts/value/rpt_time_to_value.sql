-- Medians do not add up, so that cohorts and tiers have rows for all as well.
{% set order = [
    'access_provisioned', 'first_login', 'first_action', 'first_outcome',
    'go_live', 'onboarding_completed', 'full_value',
] %}
with

times as (
    select * from {{ ref('int_time_to_value') }}
),

final as (
    select
        case when times.cohort <> 'all' then cast(times.cohort as date) end as cohort_quarter,
        times.segment as touch_tier,
        times.milestone,
        case times.milestone
            {% for milestone in order %}
            when '{{ milestone }}' then {{ loop.index }}
            {% endfor %}
        end as milestone_order,
        cast(times.accounts as bigint) as accounts,
        cast(times.achieved as bigint) as achieved,
        cast(times.median_days as int) as median_days,
        cast(times.p90_days as int) as p90_days,
        times.target_days,
        times.share_on_target,
        cast(times.still_open as bigint) as still_open,
        cast(times.left_before as bigint) as left_before
    from times
    where times.segment_type in ('all', 'touch_tier')
)

select * from final
