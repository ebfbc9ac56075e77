-- The score of a churned account on the last month-end at least lead_days before its churn.
with

predictions as (
    select * from {{ ref('int_health_predictions') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

leads as (
    select settings.short_lead_days as lead_days from settings
    union
    select settings.flag_lead_days as lead_days from settings
    union
    select settings.validation_horizon_days as lead_days from settings
),

before_churns as (
    select
        churns.account_id,
        churns.churned_on,
        leads.lead_days,
        predictions.scheme,
        predictions.touch_tier,
        predictions.past_score,
        row_number() over (
            partition by
                churns.account_id,
                churns.churned_on,
                leads.lead_days,
                predictions.scheme,
                case when predictions.touch_tier = 'all' then 1 else 0 end
            order by predictions.snapshot_date desc
        ) as date_number
    from churns
    cross join leads
    inner join predictions
        on churns.account_id = predictions.account_id
        and predictions.snapshot_date <= {{ add_days('churns.churned_on', '-leads.lead_days') }}
),

final as (
    select
        before_churns.account_id,
        before_churns.churned_on,
        before_churns.lead_days,
        before_churns.scheme,
        before_churns.touch_tier,
        before_churns.past_score
    from before_churns
    where before_churns.date_number = 1
)

select * from final
