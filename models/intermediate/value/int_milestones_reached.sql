-- Every journey that began since milestones are recorded, and how many days it took, or has been watched in vain.
with

journeys as (
    select * from {{ ref('int_journeys_begun') }}
),

recorded as (
    select * from {{ ref('int_milestones_recorded') }}
),

milestones as (
    select distinct
        recorded.milestone,
        recorded.recorded_from
    from recorded
),

journey_milestones as (
    select
        journeys.*,
        milestones.milestone,
        recorded.reached_on,
        coalesce(recorded.reached_on <= journeys.watched_until, false) as is_reached
    from journeys
    inner join milestones
        on journeys.started_on >= milestones.recorded_from
    left join recorded
        on journeys.account_id = recorded.account_id
        and milestones.milestone = recorded.milestone
),

-- What was there before the contract took no time.
final as (
    select
        journey_milestones.account_id,
        journey_milestones.milestone,
        journey_milestones.cohort_quarter,
        journey_milestones.arr_tier,
        journey_milestones.touch_tier,
        journey_milestones.investment_tier,
        journey_milestones.started_on,
        case when journey_milestones.is_reached then journey_milestones.reached_on end as reached_on,
        journey_milestones.is_reached,
        journey_milestones.has_left and not journey_milestones.is_reached as has_left_before,
        greatest({{ days_between(
            'journey_milestones.started_on',
            'case when journey_milestones.is_reached then journey_milestones.reached_on else journey_milestones.watched_until end'
        ) }}, 0) as days
    from journey_milestones
)

select * from final
