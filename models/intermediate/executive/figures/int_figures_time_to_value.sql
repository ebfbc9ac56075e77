-- Days by which half of the customers had their first outcome. Null while fewer have.
with

journeys as (
    select * from {{ ref('int_journeys_measured') }}
),

measured_tiers as (
    select * from {{ ref('int_measured_tiers') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

tiered as (
    select
        measured_tiers.measured_on,
        measured_tiers.touch_tier,
        journeys.days,
        journeys.is_reached,
        journeys.has_left_before
    from measured_tiers
    inner join journeys
        on measured_tiers.measured_on = journeys.measured_on
        and measured_tiers.touch_tier in ('all', journeys.touch_tier)
),

{{ survival('tiered', ['measured_on', 'touch_tier']) }},

medians as (
    select
        survived.measured_on,
        survived.touch_tier,
        sum(survived.ended) as customers,
        sum(survived.reached) as reached,
        min(case when 2 * survived.still_waiting <= 1 then survived.days end) as median_days
    from survived
    group by survived.measured_on, survived.touch_tier
),

final as (
    select
        'time_to_value' as figure,
        measured_tiers.measured_on,
        measured_tiers.touch_tier,
        cast(medians.median_days as double) as value,
        coalesce(
            {{ number_text('medians.reached') }} || ' of ' || {{ number_text('medians.customers') }}
            || ' customers have had a first outcome.'
            || case
                when medians.customers < flags.small_sample_accounts then ' These are too few for a status.'
                else ''
            end,
            'No customer has started since the records of milestones began.'
        ) as note,
        coalesce(medians.customers >= flags.small_sample_accounts, false) as is_judged
    from measured_tiers
    cross join flags
    left join medians
        on measured_tiers.measured_on = medians.measured_on
        and measured_tiers.touch_tier = medians.touch_tier
)

select * from final
