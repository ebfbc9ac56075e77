with

components as (
    select * from {{ ref('int_health_components') }}
),

final as (
    select
        components.snapshot_date,
        components.account_id,
        components.scheme,
        components.component,
        components.component_score,
        components.weight,
        components.effective_weight,
        components.effective_weight * components.component_score as contribution,
        components.coverage
    from components
)

select * from final
