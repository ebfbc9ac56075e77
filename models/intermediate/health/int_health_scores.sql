-- The weighted mean of the components that have a score. past_score leaves out metrics without a history, and
-- past_coverage is the share of the other metrics' weight that has data.
-- Rounded, so that sums of fractions meet the edges of bands. For example, 59.99999999999999 is 60.
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
        round(sum(components.effective_weight * components.component_score), 9) as health_score,
        round(sum(components.weight * components.coverage), 9) as coverage,
        round(
            sum(components.weight * components.past_coverage)
            / nullif(sum(case when components.past_coverage is not null then components.weight end), 0), 9
        ) as past_coverage,
        round(
            sum(components.weight * components.past_component_score)
            / nullif(sum(case when components.past_component_score is not null then components.weight end), 0), 9
        ) as past_score
    from components
    group by components.snapshot_date, components.account_id, components.touch_tier, components.scheme
)

select * from final
