-- Days by which half, and nine in ten, had arrived. Null while fewer have.
-- The share on target is unknown until a journey was observed for so long, or none waits.
with

survival as (
    select * from {{ ref('int_milestone_survival') }}
),

milestone_targets as (
    select * from {{ ref('policy_milestone_targets') }}
),

targeted as (
    select
        survival.*,
        milestone_targets.target_days,
        case when survival.days <= milestone_targets.target_days then survival.still_waiting end as waiting_by_target
    from survival
    left join milestone_targets
        on survival.milestone = milestone_targets.milestone
),

final as (
    select
        targeted.segment_type,
        targeted.segment,
        targeted.cohort,
        targeted.milestone,
        sum(targeted.ended) as accounts,
        sum(targeted.reached) as achieved,
        sum(targeted.ended - targeted.reached - targeted.left_before) as still_open,
        sum(targeted.left_before) as left_before,
        min(case when 2 * targeted.still_waiting <= 1 then targeted.days end) as median_days,
        min(case when 10 * targeted.still_waiting <= 1 then targeted.days end) as p90_days,
        targeted.target_days,
        case
            when targeted.target_days is null then null
            when max(targeted.days) >= targeted.target_days or min(targeted.still_waiting) = 0
                then round(1 - coalesce(min(targeted.waiting_by_target), 1), 9)
        end as share_on_target
    from targeted
    group by
        targeted.segment_type,
        targeted.segment,
        targeted.cohort,
        targeted.milestone,
        targeted.target_days
)

select * from final
