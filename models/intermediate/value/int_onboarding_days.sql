-- Onboarding is judged on the first month-end after onboarding_max_days, or on as_of_date until then. A customer that
-- left before is judged on the day of its churn.
with

journeys as (
    select * from {{ ref('int_journeys_begun') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

starts as (
    select
        journeys.account_id,
        journeys.touch_tier,
        journeys.started_on,
        journeys.has_left,
        journeys.observed_until,
        last_day({{ add_days('journeys.started_on', 'settings.onboarding_max_days') }}) as ends_on
    from journeys
    cross join settings
),

final as (
    select
        starts.account_id,
        starts.touch_tier,
        starts.started_on,
        starts.observed_until,
        least(starts.ends_on, starts.observed_until) as judged_on,
        starts.has_left or starts.ends_on <= starts.observed_until as is_settled,
        starts.has_left and starts.observed_until <= starts.ends_on as has_left_before
    from starts
)

select * from final
