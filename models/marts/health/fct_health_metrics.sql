with

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

final as (
    select
        metrics.snapshot_date,
        metrics.account_id,
        metrics.metric,
        metrics.value,
        metrics.value_text,
        metrics.metric_score
    from metrics
)

select * from final
