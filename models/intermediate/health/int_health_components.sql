-- A component's score is the weighted mean of its available metrics. Weights are rescaled over the components that have
-- a score. A component that is mostly about tickets has none without a ticket.
with

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

metric_weights as (
    select * from {{ ref('policy_health_metric_weights') }}
),

metric_rules as (
    select * from {{ ref('policy_health_metrics') }}
),

component_weights as (
    select * from {{ ref('int_health_component_weights') }}
),

points as (
    select
        metric_weights.scheme,
        metric_weights.component,
        sum(metric_weights.weight) as points,
        sum(metric_weights.weight) filter (where metric_rules.has_history) as past_points,
        2 * sum(case when metric_rules.is_ticket then metric_weights.weight else 0 end)
        > sum(metric_weights.weight) as needs_tickets
    from metric_weights
    inner join metric_rules
        on metric_weights.metric = metric_rules.metric
    group by metric_weights.scheme, metric_weights.component
),

scored as (
    select
        metrics.snapshot_date,
        metrics.account_id,
        metric_weights.scheme,
        metric_weights.component,
        sum(metric_weights.weight) as present_points,
        count_if(metric_rules.is_ticket) as ticket_metrics,
        sum(metric_weights.weight * metrics.metric_score) as weighted_score,
        sum(metric_weights.weight) filter (where metric_rules.has_history) as past_points,
        sum(metric_weights.weight * metrics.metric_score) filter (where metric_rules.has_history) as past_weighted_score
    from metrics
    inner join metric_weights
        on metrics.metric = metric_weights.metric
    inner join metric_rules
        on metrics.metric = metric_rules.metric
    where metrics.metric_score is not null
    group by metrics.snapshot_date, metrics.account_id, metric_weights.scheme, metric_weights.component
),

-- A component that is mostly about tickets has no score without one.
supported as (
    select scored.*
    from scored
    inner join points
        on scored.scheme = points.scheme
        and scored.component = points.component
    where scored.ticket_metrics > 0 or not points.needs_tickets
),

weighed as (
    select
        component_weights.snapshot_date,
        component_weights.account_id,
        component_weights.touch_tier,
        component_weights.scheme,
        component_weights.component,
        component_weights.weight,
        coalesce(supported.present_points, 0) as present_points,
        coalesce(supported.present_points, 0) / points.points as coverage,
        supported.weighted_score / nullif(supported.present_points, 0) as component_score,
        case when points.past_points > 0 then coalesce(supported.past_points, 0) / points.past_points end
            as past_coverage,
        supported.past_weighted_score / nullif(supported.past_points, 0) as past_component_score
    from component_weights
    inner join points
        on component_weights.scheme = points.scheme
        and component_weights.component = points.component
    left join supported
        on component_weights.snapshot_date = supported.snapshot_date
        and component_weights.account_id = supported.account_id
        and component_weights.scheme = supported.scheme
        and component_weights.component = supported.component
),

final as (
    select
        weighed.snapshot_date,
        weighed.account_id,
        weighed.touch_tier,
        weighed.scheme,
        weighed.component,
        weighed.weight,
        weighed.present_points,
        weighed.coverage,
        weighed.component_score,
        weighed.past_coverage,
        weighed.past_component_score,
        case when weighed.component_score is not null then weighed.weight end / nullif(
            sum(case when weighed.component_score is not null then weighed.weight end) over (
                partition by weighed.snapshot_date, weighed.account_id, weighed.scheme
            ), 0
        ) as effective_weight
    from weighed
)

select * from final
