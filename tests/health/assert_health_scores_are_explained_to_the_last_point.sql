
-- Contributions of components sum to the score; drivers weigh 1 in all, and cost what the score lacks of 100.
with

scores as (
    select * from {{ ref('fct_health_scores') }}
),

components as (
    select
        components.snapshot_date,
        components.account_id,
        components.scheme,
        sum(components.contribution) as contributions,
        sum(components.effective_weight) as effective_weights,
        sum(components.weight * components.coverage) as coverage
    from {{ ref('fct_health_components') }} as components
    group by components.snapshot_date, components.account_id, components.scheme
),

drivers as (
    select
        drivers.snapshot_date,
        drivers.account_id,
        sum(drivers.effective_weight) as effective_weights,
        sum(drivers.points_lost) as points_lost,
        max(abs(drivers.points_lost - drivers.effective_weight * (100 - drivers.metric_score))) as largest_gap,
        count(*) as driver_rows,
        count(distinct drivers.driver_rank) filter (where drivers.driver_rank between 1 and 100) as ranks,
        max(drivers.driver_rank) as last_rank
    from {{ ref('fct_health_drivers') }} as drivers
    group by drivers.snapshot_date, drivers.account_id
)

select
    scores.snapshot_date,
    scores.account_id,
    scores.scheme,
    scores.health_score,
    components.contributions,
    drivers.points_lost
from scores
left join components
    on scores.snapshot_date = components.snapshot_date
    and scores.account_id = components.account_id
    and scores.scheme = components.scheme
left join drivers
    on scores.snapshot_date = drivers.snapshot_date
    and case when scores.is_active_scheme then scores.account_id end = drivers.account_id
where not coalesce(abs(scores.coverage - components.coverage) < 1e-9, false)
    or case
        when scores.health_score is null then components.contributions is not null or drivers.points_lost is not null
        when not coalesce(abs(scores.health_score - components.contributions) < 1e-9, false) then true
        when not coalesce(abs(1 - components.effective_weights) < 1e-9, false) then true
        when not scores.is_active_scheme then false
        when not coalesce(abs(1 - drivers.effective_weights) < 1e-9, false) then true
        when not coalesce(abs(100 - scores.health_score - drivers.points_lost) < 1e-9, false) then true
        else drivers.largest_gap > 1e-9 or drivers.driver_rows <> drivers.ranks or drivers.driver_rows <> drivers.last_rank
    end
