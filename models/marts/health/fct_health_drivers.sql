with

drivers as (
    select * from {{ ref('int_health_drivers') }}
),

final as (
    select
        drivers.snapshot_date,
        drivers.account_id,
        drivers.metric,
        drivers.label,
        drivers.value,
        drivers.value_text,
        drivers.metric_score,
        drivers.effective_weight,
        drivers.points_lost,
        cast(drivers.driver_rank as int) as driver_rank
    from drivers
)

select * from final
