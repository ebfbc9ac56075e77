with

validation as (
    select * from {{ ref('int_indicator_validation') }}
),

final as (
    select
        validation.indicator,
        validation.label,
        validation.severity,
        validation.touch_tier,
        cast(validation.horizon_days as int) as horizon_days,
        cast(validation.observations as bigint) as observations,
        cast(validation.churns as bigint) as churns,
        validation.precision,
        validation.base_rate,
        validation.lift,
        validation.recall,
        validation.median_lead_days,
        validation.verdict
    from validation
)

select * from final
