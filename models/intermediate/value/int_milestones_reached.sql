-- Every journey since milestones are recorded, with the days until it reached each milestone or was last observed.
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
        coalesce(recorded.reached_on <= journeys.observed_until, false) as is_reached
    from journeys
    inner join milestones
        on journeys.started_on >= milestones.recorded_from
    left join recorded
        on journeys.account_id = recorded.account_id
        and milestones.milestone = recorded.milestone
),

-- A milestone reached before the contract took 0 days.
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
            'case
                when journey_milestones.is_reached then journey_milestones.reached_on
                else journey_milestones.observed_until
            end'
        ) }}, 0) as days
    from journey_milestones
)

select * from final
