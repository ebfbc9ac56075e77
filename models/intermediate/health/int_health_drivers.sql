-- A metric costs its effective weight x (100 - metric_score) under the scheme in use. The costs sum to 100 - health.
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

components as (
    select * from {{ ref('int_health_components') }}
),

weighed as (
    select
        metrics.snapshot_date,
        metrics.account_id,
        metrics.metric,
        metrics.value,
        metrics.value_text,
        metrics.metric_score,
        sum(components.effective_weight * metric_weights.weight / components.present_points) as effective_weight
    from metrics
    inner join metric_weights
        on metrics.metric = metric_weights.metric
    inner join components
        on metrics.snapshot_date = components.snapshot_date
        and metrics.account_id = components.account_id
        and metric_weights.scheme = components.scheme
        and metric_weights.component = components.component
    where metric_weights.scheme = {{ quoted_text(var("health_scheme")) }}
        and metrics.metric_score is not null
        and components.component_score is not null
    group by
        metrics.snapshot_date,
        metrics.account_id,
        metrics.metric,
        metrics.value,
        metrics.value_text,
        metrics.metric_score
),

costed as (
    select
        weighed.*,
        weighed.effective_weight * (100 - weighed.metric_score) as points_lost
    from weighed
),

final as (
    select
        costed.snapshot_date,
        costed.account_id,
        costed.metric,
        metric_rules.label,
        costed.value,
        costed.value_text,
        costed.metric_score,
        costed.effective_weight,
        costed.points_lost,
        -- Rounded, so that equal costs tie in any order of addition.
        row_number() over (
            partition by costed.snapshot_date, costed.account_id
            order by round(costed.points_lost, 9) desc, costed.metric asc
        ) as driver_rank
    from costed
    inner join metric_rules
        on costed.metric = metric_rules.metric
)

select * from final
