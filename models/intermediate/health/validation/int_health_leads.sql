with

lead_scores as (
    select * from {{ ref('int_health_lead_scores') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

final as (
    select
        lead_scores.scheme,
        lead_scores.touch_tier,
        avg(lead_scores.past_score) filter (
            where lead_scores.lead_days = settings.validation_horizon_days
        ) as mean_health_90_days_before,
        avg(lead_scores.past_score) filter (
            where lead_scores.lead_days = settings.flag_lead_days
        ) as mean_health_60_days_before,
        avg(lead_scores.past_score) filter (
            where lead_scores.lead_days = settings.short_lead_days
        ) as mean_health_30_days_before,
        cast(count_if(
            lead_scores.lead_days = settings.flag_lead_days and lead_scores.past_score < settings.flagged_below_score
        ) as double)
        / nullif(count_if(lead_scores.lead_days = settings.flag_lead_days), 0) as flagged_60_days_ahead
    from lead_scores
    cross join settings
    group by lead_scores.scheme, lead_scores.touch_tier
)

select * from final
