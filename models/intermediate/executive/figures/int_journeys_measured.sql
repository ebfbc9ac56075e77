-- The journeys to the first outcome as they were known on each measured date. A journey has the tier of its start.
-- Journeys from before the company's first record of a milestone have an unknown wait.
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

journeys as (
    select * from {{ ref('int_journeys_begun') }}
),

milestones as (
    select * from {{ ref('stg_product__milestones') }}
),

records as (
    select
        milestones.account_id,
        cast(min(milestones.achieved_at) as date) as first_record_on,
        cast(
            min(case when milestones.milestone = 'first_outcome' then milestones.achieved_at end) as date
        ) as reached_on
    from milestones
    group by milestones.account_id
),

records_began as (
    select
        measured_dates.measured_on,
        min(journeys.started_on) as recorded_from
    from measured_dates
    inner join records
        on measured_dates.measured_on >= records.first_record_on
    inner join journeys
        on records.account_id = journeys.account_id
        and measured_dates.month >= journeys.first_mrr_month
    group by measured_dates.measured_on
),

observed as (
    select
        measured_dates.measured_on,
        journeys.account_id,
        journeys.touch_tier,
        journeys.started_on,
        records.reached_on,
        least(journeys.observed_until, measured_dates.measured_on) as observed_until,
        journeys.has_left and journeys.observed_until <= measured_dates.measured_on as has_left
    from measured_dates
    inner join records_began
        on measured_dates.measured_on = records_began.measured_on
    inner join journeys
        on measured_dates.month >= journeys.first_mrr_month
        and measured_dates.measured_on >= journeys.started_on
        and records_began.recorded_from <= journeys.started_on
    left join records
        on journeys.account_id = records.account_id
),

judged as (
    select
        observed.*,
        coalesce(observed.reached_on <= observed.observed_until, false) as is_reached
    from observed
),

final as (
    select
        judged.measured_on,
        judged.account_id,
        judged.touch_tier,
        judged.is_reached,
        judged.has_left and not judged.is_reached as has_left_before,
        greatest({{ days_between(
            'judged.started_on',
            'case when judged.is_reached then judged.reached_on else judged.observed_until end'
        ) }}, 0) as days
    from judged
)

select * from final
