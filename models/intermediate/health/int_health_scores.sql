-- The weighted mean of the components that are present; past_score leaves out what has no history.
with

components as (
    select * from {{ ref('int_health_components') }}
),

final as (
    select
        components.snapshot_date,
        components.account_id,
        components.touch_tier,
        components.scheme,
        sum(components.effective_weight * components.component_score) as health_score,
        sum(components.weight * components.coverage) as coverage,
        sum(components.weight * components.past_component_score)
        / nullif(sum(case when components.past_component_score is not null then components.weight end), 0) as past_score
    from components
    group by components.snapshot_date, components.account_id, components.touch_tier, components.scheme
)

select * from final
