-- Days by which half, and nine in ten, had arrived. Null while fewer have.
with

survival as (
    select * from {{ ref('int_milestone_survival') }}
),

final as (
    select
        survival.segment_type,
        survival.segment,
        survival.cohort,
        survival.milestone,
        sum(survival.ended) as accounts,
        sum(survival.reached) as achieved,
        sum(survival.ended - survival.reached - survival.left_before) as still_open,
        sum(survival.left_before) as left_before,
        min(case when 2 * survival.still_waiting <= 1 then survival.days end) as median_days,
        min(case when 10 * survival.still_waiting <= 1 then survival.days end) as p90_days
    from survival
    group by survival.segment_type, survival.segment, survival.cohort, survival.milestone
)

select * from final
