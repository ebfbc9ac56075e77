with

separation as (
    select * from {{ ref('int_health_separation') }}
),

leads as (
    select * from {{ ref('int_health_leads') }}
),

final as (
    select
        separation.scheme,
        separation.touch_tier,
        cast(separation.horizon_days as int) as horizon_days,
        cast(separation.observations as bigint) as observations,
        cast(separation.churns as bigint) as churns,
        separation.auc,
        separation.worst_decile_lift,
        leads.flagged_60_days_ahead,
        separation.mean_health_churned,
        separation.mean_health_retained,
        leads.mean_health_90_days_before,
        leads.mean_health_60_days_before,
        leads.mean_health_30_days_before,
        separation.verdict,
        separation.scheme = {{ quoted_text(var("health_scheme")) }} as is_active_scheme,
        separation.is_best
    from separation
    left join leads
        on separation.scheme = leads.scheme
        and separation.touch_tier = leads.touch_tier
)

select * from final
